# This machine: each concurrent function is a process, so few of them, and nothing is reserved for direct routes, whose
# events the embedded AWS drops instead of queueing when a function is at its reserved concurrency.
environment_suffix = "local"

archive_retention_days   = 1
architecture             = "x86_64"
key_deletion_window_days = 7
log_retention_days       = 30

# So small that the built-in session's largest book has to be split, as a larger one is on AWS.
max_item_bytes = 131072

routes = {
  book = {
    delivery            = "buffered"
    detail_types        = ["Book"]
    maximum_concurrency = 2
  }
  quote = {
    delivery            = "buffered"
    detail_types        = ["Quote"]
    maximum_concurrency = 2
  }
  status = { detail_types = ["Status"] }
  trade  = { detail_types = ["Trade"] }
}

# The embedded AWS does not say which function a call comes from.
sign_from_function_only = false
