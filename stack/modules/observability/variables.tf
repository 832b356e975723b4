variable "account" {
  description = "Where the stack lives."
  nullable    = false
  type = object({
    id        = string
    partition = string
    region    = string
  })
}

variable "buffer_names" {
  description = "Queue of each route."
  nullable    = false
  type        = map(string)
}

variable "data_key_arn" {
  description = "ARN of the key that encrypts the topics."
  nullable    = false
  type        = string
}

variable "dlq_names" {
  description = "Every dead-letter queue, by purpose."
  nullable    = false
  type        = map(string)
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account."
  nullable    = false
  type        = string
}

variable "event_bus_name" {
  description = "Name of the bus."
  nullable    = false
  type        = string
}

variable "functions" {
  description = "Every function by route, and the quarantine's and the sealer's, which must be there; with the seconds that a batch waits to fill."
  nullable    = false
  type = map(object({
    log_group_name = string
    name           = string
    timeout_s      = number
    window_s       = number
  }))
}

variable "index_names" {
  description = "Indexes of the market table."
  nullable    = false
  type        = list(string)
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the functions' own metrics."
  nullable    = false
  type        = string
}

variable "rule_names" {
  description = "Rule of each route and of the quarantine."
  nullable    = false
  type        = map(string)
}

variable "runbook_url" {
  description = "Where the runbook is published; null names its sections only."
  default     = null
  type        = string
}

variable "schedule_group_name" {
  description = "Group of the sealer's schedule."
  nullable    = false
  type        = string
}

variable "silences" {
  description = "What is expected in market hours; see the root module's variable of the same name."
  nullable    = false
  default     = {}
  type = map(object({
    close   = string
    days    = list(number)
    minutes = number
    open    = string
    route   = string
    type    = string
    venue   = string
  }))
}

variable "subscriptions" {
  description = "Who is told: an SNS protocol and endpoint, and the topic (alarms for everything, page for what needs a person now)."
  nullable    = false
  type = map(object({
    endpoint = string
    protocol = string
    topic    = optional(string, "alarms")
  }))
}

variable "table_names" {
  description = "Every table, by purpose."
  nullable    = false
  type        = map(string)
}

variable "thresholds" {
  description = "When an alarm goes off; see the root module's variable of the same name."
  nullable    = false
  type = object({
    age_ms                    = number
    backlog_s                 = number
    checkpoint_minutes        = number
    duration_share_of_timeout = number
    ingestion_ms              = number
    latency_ms                = number
    rejected_per_minute       = number
    table_ms                  = number
  })
}
