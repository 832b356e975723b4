# Market hours of several exchanges. Reserved concurrency keeps one route's burst from starving the others; the sum must
# leave 100 of the account's concurrent executions unreserved.
environment_suffix = "prod"

# Whom to tell, and who may audit: fill in, or alarms reach nobody and nobody can take the auditor's role.
# alarm_subscriptions = {
#   desk = { endpoint = "ADDRESS", protocol = "email" }
#   duty = { endpoint = "https://PAGER", protocol = "https", topic = "page" }
# }
# auditor_principal_arns = ["arn:aws:iam::ACCOUNT:role/ROLE"]

archive_retention_days = 365
log_retention_days     = 2192 # six years

routes = {
  book = {
    delivery             = "buffered"
    detail_types         = ["Book"]
    maximum_concurrency  = 100
    memory_mb            = 1024
    reserved_concurrency = 110
  }
  quote = {
    delivery             = "buffered"
    detail_types         = ["Quote"]
    maximum_concurrency  = 150
    memory_mb            = 1024
    reserved_concurrency = 160
  }
  status = {
    detail_types         = ["Status"]
    reserved_concurrency = 10
  }
  trade = {
    detail_types            = ["Trade"]
    memory_mb               = 1024
    provisioned_concurrency = 20
    reserved_concurrency    = 300
  }
}

quarantine = { reserved_concurrency = 20 }
sealer     = { memory_mb = 1024, reserved_concurrency = 1 }
