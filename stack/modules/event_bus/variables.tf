variable "account" {
  description = "Where the stack lives."
  nullable    = false
  type = object({
    id        = string
    partition = string
    region    = string
  })
}

variable "archive_retention_days" {
  description = "Days the archive keeps an event for replay; 0 keeps it forever."
  nullable    = false
  type        = number
}

variable "data_key_arn" {
  description = "ARN of the key that encrypts events on the bus and in its dead-letter queue."
  nullable    = false
  type        = string
}

variable "dlq_retention_seconds" {
  description = "Seconds a dead-letter queue keeps a message."
  nullable    = false
  type        = number
}

variable "encrypt_with_data_key" {
  description = "Whether the bus encrypts events with the data key rather than with a key that AWS owns."
  nullable    = false
  type        = bool
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account."
  nullable    = false
  type        = string
}

variable "routes" {
  description = "What each route takes; see the root module's variable of the same name."
  nullable    = false
  type = map(object({
    detail_types = list(string)
    pattern      = optional(map(list(string)), {})
    sources      = list(string)
  }))
}
