"""Hosts: what a site needs that it cannot say in its files; one table of headers, told in the words of each host.

`headers.py` is the table, `nginx.py` and `header_files.py` say it for nginx and for hosts that read a file `_headers`,
`hosts.py` names the hosts. `site_builder/serve.py` sends the same on this machine.
"""
