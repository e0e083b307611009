"""What the operator is told: the newest notice (`notice_bar`), and all of them (`notice_list`)."""
