variable "alarm_subscriptions" {
  description = "Who is told of alarms: an SNS protocol and endpoint, and the topic (alarms for everything, page for what needs a person now)."
  nullable    = false
  default     = {}
  type = map(object({
    endpoint = string
    protocol = string
    topic    = optional(string, "alarms")
  }))

  validation {
    condition     = alltrue([for key, subscription in var.alarm_subscriptions : subscription.protocol != "lambda" || can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]+$", subscription.endpoint)) && can(regex("^[A-Za-z0-9_-]{1,64}$", key))])
    error_message = "A lambda subscription's endpoint must be the ARN of a function, without a version or alias, and its key up to 64 letters, digits, - and _: the topic is permitted to call it under that name."
  }

  validation {
    condition     = alltrue([for subscription in var.alarm_subscriptions : contains(["alarms", "page"], subscription.topic) && contains(["email", "email-json", "https", "lambda", "sms", "sqs"], subscription.protocol)])
    error_message = "An alarm subscription's topic must be alarms or page, and its protocol email, email-json, https, lambda, sms or sqs (http is not encrypted)."
  }
}

variable "runbook_url" {
  description = "Where the runbook is published, so that each alarm links its section, e.g. your own copy of docs/runbook.md; null names the section only."
  default     = null
  type        = string

  validation {
    condition     = var.runbook_url == null ? true : can(regex("^https://[^[:space:]#]{1,200}$", var.runbook_url))
    error_message = "runbook_url must be an https address of up to 200 characters without a fragment: the alarm's section is added behind #."
  }
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

  validation {
    condition     = alltrue([for key, silence in var.silences : can(regex("^[a-z][a-z0-9-]{0,39}$", key)) && contains(keys(var.routes), silence.route) && can(regex("^[a-z0-9_]{1,32}$", silence.type)) && can(regex("^[a-z0-9_-]{1,32}$", silence.venue))])
    error_message = "A silence is named by up to 40 of a-z, 0-9 and -, and names a route of `routes`, a venue and a record's type in small letters, e.g. coinbase-trade = { route = \"trade\", type = \"trade\", venue = \"coinbase\" }."
  }

  validation {
    condition     = alltrue([for silence in var.silences : can(regex("^([01][0-9]|2[0-3]):[0-5][0-9]$", silence.open)) && can(regex("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", silence.close)) && parseint(replace(silence.open, ":", ""), 10) < parseint(replace(silence.close, ":", ""), 10)])
    error_message = "A silence's open and close must be times in UTC, HH:MM, and open before close; hours across midnight are two silences."
  }

  validation {
    condition     = alltrue([for silence in var.silences : silence.minutes >= 1 && silence.minutes <= 60 && floor(silence.minutes) == silence.minutes && length(silence.days) > 0 && alltrue([for day in silence.days : contains([1, 2, 3, 4, 5, 6, 7], day)])])
    error_message = "A silence's minutes must be a whole number, 1 to 60, and its days one or more of 1 (Monday) to 7."
  }
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

  validation {
    condition     = var.thresholds.duration_share_of_timeout > 0 && var.thresholds.duration_share_of_timeout < 1
    error_message = "thresholds.duration_share_of_timeout must be between 0 and 1, e.g. 0.8: at 1 the alarm would come with the timeouts."
  }

  validation {
    condition     = alltrue([for key in ["age_ms", "backlog_s", "checkpoint_minutes", "ingestion_ms", "latency_ms", "table_ms"] : var.thresholds[key] >= 1]) && var.thresholds.rejected_per_minute >= 0
    error_message = "thresholds.age_ms, backlog_s, checkpoint_minutes, ingestion_ms, latency_ms and table_ms must each be at least 1, and rejected_per_minute at least 0."
  }

  validation {
    condition     = floor(var.thresholds.checkpoint_minutes) == var.thresholds.checkpoint_minutes && var.thresholds.checkpoint_minutes <= 1440
    error_message = "thresholds.checkpoint_minutes must be whole minutes, at most 1440: CloudWatch looks at whole minutes of up to a day."
  }
}
