variable "account" {
  description = "Where the stack lives."
  nullable    = false
  type = object({
    id        = string
    partition = string
    region    = string
  })
}

variable "alarm_topic_arn" {
  description = "ARN of the topic that is told when a notice could not be delivered."
  nullable    = false
  type        = string
}

variable "checkpoint_key_arns" {
  description = "ARN of every key that may sign."
  nullable    = false
  type        = list(string)
}

variable "dlq_retention_seconds" {
  description = "Seconds a notice that could not be delivered waits."
  nullable    = false
  type        = number
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account."
  nullable    = false
  type        = string
}

variable "event_bus_arn" {
  description = "ARN of the bus whose publishers may be logged."
  nullable    = false
  type        = string
}

variable "key_administration_actions" {
  description = "What administrators of the account may do with the key."
  nullable    = false
  type        = list(string)
}

variable "key_deletion_window_days" {
  description = "Days between the destruction of the stack and that of its key."
  nullable    = false
  type        = number
}

variable "role_names" {
  description = "Names of the roles of the functions."
  nullable    = false
  type        = list(string)
}

variable "runbook" {
  description = "Where the runbook's sections are, up to the section's name."
  nullable    = false
  type        = string
}

variable "sealer" {
  description = "The function that signs, and its role."
  nullable    = false
  type = object({
    function_name = string
    role_arn      = string
  })
}

variable "subscriptions" {
  description = "Who is told: an SNS protocol and endpoint."
  nullable    = false
  type = map(object({
    endpoint = string
    protocol = string
  }))
}

variable "tables" {
  description = "ARN of each table by its name."
  nullable    = false
  type        = map(string)
}

variable "tile_bucket_name" {
  description = "Name of the bucket with the log's tiles."
  nullable    = false
  type        = string
}

variable "trail" {
  description = "The trail to be made: whether it logs who publishes on the bus, and days that its files are kept; null makes none."
  default     = null
  type = object({
    log_publishers = bool
    retention_days = number
  })
}
