"""What a reader looks through: one filter, one withdrawal and one date for every view, table and export."""
