variable "alarm_subscriptions" {
  description = "Who is told of alarms: an SNS protocol and endpoint, and the topic (alarms for everything, page for what needs a person now)."
  nullable    = false
  default     = {}
  type = map(object({
    endpoint = string
    protocol = string
    topic    = optional(string, "alarms")
  }))
}

variable "runbook_url" {
  description = "Where the runbook is published, so that each alarm links its section, e.g. your own copy of docs/runbook.md; null names the section only."
  default     = null
  type        = string
}

variable "silences" {
  description = <<-EOT
    What must not be silent, by a name that becomes a part of the alarm's: an alarm goes off when a route recorded no event
    of a venue and type (trade, quote, book or status, as in the records) for so many minutes of the market hours, which
    are times in UTC on days 1 (Monday) to 7.
  EOT
  nullable    = false
  default     = {}
  type = map(object({
    close   = optional(string, "24:00")
    days    = optional(list(number), [1, 2, 3, 4, 5, 6, 7])
    minutes = optional(number, 5)
    open    = optional(string, "00:00")
    route   = string
    type    = string
    venue   = string
  }))
}

variable "thresholds" {
  description = "When an alarm goes off: age of a waiting asynchronous event (ms), age of the oldest buffered event (s), minutes without a checkpoint, p99 duration as a share of the timeout, p99 from the bus to the first delivery (ms), p99 from receipt to commit (ms), rejected messages of a route in a minute, and mean latency of a write to the market table (ms)."
  nullable    = false
  default     = {}
  type = object({
    age_ms                    = optional(number, 60000)
    backlog_s                 = optional(number, 60)
    checkpoint_minutes        = optional(number, 5)
    duration_share_of_timeout = optional(number, 0.8)
    ingestion_ms              = optional(number, 1000)
    latency_ms                = optional(number, 1000)
    rejected_per_minute       = optional(number, 10)
    table_ms                  = optional(number, 10)
  })
}
