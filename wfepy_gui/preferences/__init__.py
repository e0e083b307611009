"""What is remembered between starts: settings, agreed modules, interpreters, timer plans."""
