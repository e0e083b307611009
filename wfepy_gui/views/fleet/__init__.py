"""Many instances: `fleet_panel` lists those of the folders, `welcome` is the start page."""
