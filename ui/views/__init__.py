"""The pages: each a function of the client, drawing what the API says."""
