"""Any SPARQL 1.1 endpoint that holds our record: asked as the embedded store is, and filled."""

from graph.endpoint.bulk import write_bulk
from graph.endpoint.client import Endpoint
from graph.endpoint.places import Places
from graph.endpoint.push import Held, Pushed, differing, probe, push
from graph.endpoint.rewrite import RECORD, on_record

__all__ = ["RECORD", "Endpoint", "Held", "Places", "Pushed", "differing", "on_record", "probe", "push", "write_bulk"]
