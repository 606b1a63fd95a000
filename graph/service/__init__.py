"""The explorer's page and the JSON it reads, served to this machine alone."""

from graph.service.app import application
from graph.service.live import Live
from graph.service.server import free_socket, serve

__all__ = ["Live", "application", "free_socket", "serve"]
