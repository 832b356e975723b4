variable "account" {
  description = "Where the stack lives."
  nullable    = false
  type = object({
    id        = string
    partition = string
    region    = string
  })
}

variable "async_maximum_age_s" {
  description = "Seconds that Lambda keeps trying an event of a direct route, its two retries included."
  nullable    = false
  type        = number
}

variable "audit_table_arn" {
  description = "ARN of the audit table."
  nullable    = false
  type        = string
}

variable "batch" {
  description = "How the messages of a buffered route are batched: messages, seconds to wait for a full batch, concurrent batches or event pollers of provisioned mode, deliveries before a message is dead-lettered, and seconds the queue keeps a message. Without it there is no queue, and the route can only be direct."
  default     = null
  type = object({
    max_receive_count   = number
    maximum_concurrency = number
    pollers             = optional(object({ maximum = number, minimum = number }))
    retention_s         = number
    size                = number
    window_s            = number
  })
}

variable "data_key_arn" {
  description = "ARN of the key that encrypts queues, logs and environment variables."
  nullable    = false
  type        = string
}

variable "delivered_first" {
  description = "Targets that deliver before this rule is made anew, and that go only after the rule before it."
  nullable    = false
  default     = []
  type        = list(string)
}

variable "delivery" {
  description = "Either direct (rule to function) or buffered (rule to queue to function, in batches)."
  nullable    = false
  type        = string
}

variable "dlq_retention_seconds" {
  description = "Seconds a queue keeps a message that nobody takes."
  nullable    = false
  type        = number
}

variable "environment" {
  description = "Environment variables that every function of the stack gets."
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

variable "event_pattern" {
  description = "JSON event pattern of the route; without one the route is retired: it takes no event, and works off what waits."
  default     = null
  type        = string
}

variable "function" {
  description = "How the function runs: package by path or in S3, runtime, VPC, size in MB, timeout in seconds, concurrency and tracing."
  nullable    = false
  type = object({
    architecture            = string
    code_signing_config_arn = optional(string)
    memory_mb               = number
    provisioned_concurrency = number
    reserved_concurrency    = optional(number)
    runtime                 = string
    timeout_s               = number
    tracing_mode            = string
    vpc = optional(object({
      security_group_ids = list(string)
      subnet_ids         = list(string)
    }))
    zip_path = optional(string)
    zip_s3 = optional(object({
      bucket         = string
      key            = string
      object_version = optional(string)
      sha256         = string
    }))
  })
}

variable "generation_of" {
  description = "Patterns of other rules with which this rule is made anew: of the routes, for the quarantine's."
  nullable    = false
  default     = {}
  type        = map(string)
}

variable "log_retention_days" {
  description = "Days the function's log is kept."
  nullable    = false
  type        = number
}

variable "market_table_arn" {
  description = "ARN of the market table."
  nullable    = false
  type        = string
}

variable "name" {
  description = "Name of the route, the purpose in every name."
  nullable    = false
  type        = string
}

variable "roles" {
  description = "Path and permissions boundary of the module's roles."
  nullable    = false
  default     = {}
  type = object({
    path                     = optional(string, "/")
    permissions_boundary_arn = optional(string)
  })
}

variable "stable" {
  description = "An older version that the live alias sends a share of the events to, 0 to 1, while the newest takes the rest; null sends all to the newest."
  default     = null
  type        = object({ share = number, version = string })
}

variable "target_retry" {
  description = "How long EventBridge tries to hand an event over, in attempts and seconds."
  nullable    = false
  type = object({
    attempts      = number
    maximum_age_s = number
  })
}
