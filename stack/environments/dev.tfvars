# A developer's own copy in a shared account.
environment_suffix = "dev"

archive_retention_days = 7
log_retention_days     = 30

routes = {
  book = {
    delivery            = "buffered"
    detail_types        = ["Book"]
    maximum_concurrency = 5
  }
  quote = {
    delivery            = "buffered"
    detail_types        = ["Quote"]
    maximum_concurrency = 5
  }
  status = { detail_types = ["Status"] }
  trade  = { detail_types = ["Trade"] }
}
