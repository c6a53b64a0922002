"""What every request and response passes: address guard, scope, robots, back-off."""
