"""What is done to an instance outside a pass: create, import, interventions, migration, restore."""
