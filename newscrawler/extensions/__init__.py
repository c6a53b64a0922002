"""What watches over a run: its account, its summary, its health."""
