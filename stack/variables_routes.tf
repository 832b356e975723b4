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
}

variable "venues" {
  description = "Exchanges whose events are taken, each published with the source `marketdata.<venue>`; adding one is one entry here and one venue module."
  nullable    = false
  default     = ["bitstamp", "coinbase", "gemini", "kraken"]
  type        = list(string)
}
