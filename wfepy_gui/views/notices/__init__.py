"""What the operator is told: the newest notice, and all of them."""
