"""How a status looks: the only place that knows."""
