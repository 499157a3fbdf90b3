"""Fee tables, orders, invoices and payments; enrolling."""
