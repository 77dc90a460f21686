"""Documents of published editions, lifted to the present one: what is known is kept, nothing is invented."""
