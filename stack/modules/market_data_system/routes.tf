variable "quarantine" {
  description = "The function that keeps events no route takes, so that nothing that reached the bus is lost; see `routes`."
  nullable    = false
  default     = {}
  type = object({
    batch_size              = optional(number, 10)
    batch_window_s          = optional(number, 0)
    max_receive_count       = optional(number, 5)
    maximum_concurrency     = optional(number, 2)
    memory_mb               = optional(number, 512)
    provisioned_concurrency = optional(number, 0)
    reserved_concurrency    = optional(number)
    timeout_s               = optional(number, 15)
  })

  validation {
    condition     = var.quarantine.memory_mb >= 128 && var.quarantine.memory_mb <= 10240 && var.quarantine.timeout_s >= 3 && var.quarantine.timeout_s <= 900
    error_message = "quarantine.memory_mb must be 128 to 10240 and quarantine.timeout_s 3 to 900 (seconds); 512 and 15 suit it."
  }

  validation {
    condition     = var.quarantine.provisioned_concurrency >= 0 && (var.quarantine.reserved_concurrency == null ? true : var.quarantine.reserved_concurrency >= max(1, 2 * var.quarantine.provisioned_concurrency))
    error_message = "quarantine.reserved_concurrency must be at least 1 (0 would stop it) and no less than twice its provisioned_concurrency, because two versions are warm while one replaces the other; leave it out to share the account's pool."
  }
}

variable "routes" {
  description = <<-EOT
    Which events go where. A route takes events whose detail type is one of `detail_types` and whose source is one of
    `sources` (every venue of `venues` when absent); `pattern` narrows it further to events that hold one of the listed
    values in a top-level string field of their detail. `delivery` is direct (rule to function, an event at a time) or
    buffered (rule to queue to function in batches: takes bursts, and costs a fifth less). A `batch_size` above 10 needs a
    `batch_window_s`, which an event may have to wait. `pollers` keeps event pollers of its queue ready, in provisioned mode,
    instead of `maximum_concurrency`; each takes up to ten batches at a time. What no route takes is quarantined. A `retired` route takes nothing
    more and works off what waits: retire a route, wait until its queues are empty, and remove it then. `stable` names the
    version of the code that a `share` of the events goes to, while the newest takes the rest (a canary).
  EOT
  nullable    = false
  type = map(object({
    batch_size              = optional(number, 10)
    batch_window_s          = optional(number, 0)
    delivery                = optional(string, "direct")
    detail_types            = list(string)
    max_receive_count       = optional(number, 5)
    maximum_concurrency     = optional(number, 50)
    memory_mb               = optional(number, 512)
    pattern                 = optional(map(list(string)), {})
    pollers                 = optional(object({ maximum = number, minimum = number }))
    provisioned_concurrency = optional(number, 0)
    reserved_concurrency    = optional(number)
    retired                 = optional(bool, false)
    sources                 = optional(list(string))
    stable                  = optional(object({ share = number, version = string }))
    timeout_s               = optional(number, 15)
  }))

  default = {
    book   = { delivery = "buffered", detail_types = ["Book"] }
    quote  = { delivery = "buffered", detail_types = ["Quote"] }
    status = { detail_types = ["Status"] }
    trade  = { detail_types = ["Trade"] }
  }

  validation {
    condition     = length(var.routes) > 0
    error_message = "routes is empty: name at least one route, e.g. trade = { detail_types = [\"Trade\"] }."
  }

  # The ten managed policies that IAM attaches to the auditor's role name five functions each, the quarantine's among them.
  validation {
    condition     = length(var.routes) <= 49
    error_message = "routes has more than 49 entries, which outgrows AWS's limits on policies: list several detail types or sources in one route, or move exchanges to a second stack with its own environment_suffix."
  }

  validation {
    condition     = alltrue([for name in keys(var.routes) : can(regex("^[a-z][a-z0-9-]{0,19}$", name)) && !contains(["bus", "quarantine", "schedule", "sealer"], name) && !endswith(name, "-target")])
    error_message = "A route's name is part of resource names: up to 20 of a-z, 0-9 and -, starting with a letter, not ending in -target, and not bus, quarantine, schedule or sealer, which the stack uses itself."
  }

  # Queues are named queue-<route>-<kind> and alarms alarm-<route>-<kind>: a route x-dlq would share names with a route x.
  validation {
    condition     = alltrue([for name in keys(var.routes) : !can(regex("-(dlq|index|rule|table)$", name))])
    error_message = "A route's name must not end in -dlq, -index, -rule or -table, which end names of queues and alarms of other routes: one of them would replace the other's."
  }

  validation {
    condition     = alltrue([for route in var.routes : contains(["buffered", "direct"], route.delivery)])
    error_message = "A route's delivery must be direct (rule to function) or buffered (rule to queue to function)."
  }

  validation {
    condition     = alltrue([for route in var.routes : length(route.detail_types) > 0 && alltrue([for type in route.detail_types : can(regex("^[^\\s\"\\\\].{0,127}$", type))])])
    error_message = "A route's detail_types is a bad event pattern: list at least one detail type of 1 to 128 characters, e.g. [\"Trade\"]; an empty list is refused by EventBridge."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.sources == null ? true : length(route.sources) > 0 && alltrue([for source in route.sources : can(regex("^marketdata[.][a-z][a-z0-9_-]{0,31}$", source))])])
    error_message = "A route's sources is a bad event pattern: list at least one source marketdata.<venue>, e.g. [\"marketdata.coinbase\"], or leave sources out to take every venue; the functions reject an event whose source does not name its venue."
  }

  validation {
    condition     = alltrue(flatten([for route in var.routes : [for field, values in route.pattern : can(regex("^[A-Za-z_][A-Za-z0-9_-]*$", field)) && length(values) > 0 && alltrue([for value in values : length(value) > 0])]]))
    error_message = "A route's pattern is a bad event pattern: map a top-level field of the detail to at least one non-empty value, e.g. { symbol = [\"BTC-USD\"] }; nested fields and empty lists cannot be complemented exactly by the quarantine."
  }

  validation {
    condition = length(distinct(flatten([
      for route in var.routes : [
        for type in route.detail_types : [
          for source in coalesce(route.sources, [for venue in var.venues : "marketdata.${venue}"]) : "${source} ${type}"
        ]
      ]
      ]))) == length(flatten([
      for route in var.routes : [
        for type in distinct(route.detail_types) : [
          for source in distinct(coalesce(route.sources, [for venue in var.venues : "marketdata.${venue}"])) : "${source} ${type}"
        ]
      ]
    ]))
    error_message = "Routes overlap: a pair of source and detail type is in two of them, so its events would be recorded twice. Give each pair to one route; a route without sources takes every venue."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.memory_mb >= 128 && route.memory_mb <= 10240 && route.timeout_s >= 3 && route.timeout_s <= 900])
    error_message = "A route's memory_mb must be 128 to 10240 and its timeout_s 3 to 900 (seconds); 512 and 15 suit market data."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.batch_size >= 1 && route.batch_size <= 10000 && route.batch_window_s >= 0 && route.batch_window_s <= 300 && (route.batch_size <= 10 || route.batch_window_s >= 1)])
    error_message = "A route's batch_size must be 1 to 10000 and batch_window_s 0 to 300; above 10 messages AWS wants a window of at least 1 second."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.maximum_concurrency >= 2 && route.maximum_concurrency <= 1000 && route.max_receive_count >= 1 && route.max_receive_count <= 1000])
    error_message = "A route's maximum_concurrency must be 2 to 1000 (the range of an SQS event source mapping) and max_receive_count 1 to 1000."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.provisioned_concurrency >= 0 && (route.reserved_concurrency == null ? true : route.reserved_concurrency >= max(1, 2 * route.provisioned_concurrency))])
    error_message = "A route's reserved_concurrency must be at least 1 (0 would stop it) and no less than twice its provisioned_concurrency, because two versions are warm while one replaces the other; leave it out to share the account's pool."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.pollers == null ? true : route.pollers.minimum >= 2 && route.pollers.minimum <= 200 && route.pollers.maximum >= route.pollers.minimum && route.pollers.maximum <= 2000])
    error_message = "A route's pollers.minimum must be 2 to 200 and maximum no less, and at most 2000, the range of an SQS event source mapping in provisioned mode."
  }

  validation {
    condition     = alltrue([for route in var.routes : route.stable == null ? true : can(regex("^[1-9][0-9]*$", route.stable.version)) && route.stable.share > 0 && route.stable.share <= 1 && route.provisioned_concurrency == 0])
    error_message = "A route's stable.version must be the number of a published version and its share above 0 and up to 1, e.g. { share = 0.9, version = \"7\" }; and its provisioned_concurrency 0 for as long, because only the newest version would be warm."
  }

  # AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source mappings": a poller that is throttled
  # counts as a delivery, so messages that nobody ever read would be dead-lettered.
  validation {
    condition     = alltrue([for route in var.routes : route.delivery != "buffered" || (route.reserved_concurrency == null ? true : route.reserved_concurrency >= (route.pollers == null ? route.maximum_concurrency : 10 * route.pollers.maximum))])
    error_message = "A buffered route's reserved_concurrency must be at least its maximum_concurrency (50 unless set), or ten times its pollers.maximum, or throttled deliveries would move events that were never processed to the dead-letter queue."
  }
}

variable "venues" {
  description = "Exchanges whose events are taken, each published with the source `marketdata.<venue>`; adding one is one entry here and one venue module."
  nullable    = false
  default     = ["bitstamp", "coinbase", "gemini", "kraken"]
  type        = list(string)

  validation {
    condition     = length(var.venues) > 0 && alltrue([for venue in var.venues : can(regex("^[a-z][a-z0-9_-]{0,31}$", venue))])
    error_message = "venues must list at least one exchange, each up to 32 of a-z, 0-9, _ and -, starting with a letter, e.g. [\"coinbase\", \"kraken\"]."
  }
}
