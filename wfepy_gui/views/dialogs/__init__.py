"""Questions and forms that open over the window."""
