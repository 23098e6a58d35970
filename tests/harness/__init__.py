"""What several test rooms need: a real worker, a browser that is logged in, the defaults in the database."""
