variable "archive_retention_days" {
  description = "Days the archive keeps an event for replay; 0 keeps it forever."
  nullable    = false
  default     = 30
  type        = number
}

variable "auditor_principal_arns" {
  description = "Who may take the read-only role of the auditor, as ARNs of roles, users or accounts; nobody by default, and then there is no such role."
  nullable    = false
  default     = []
  type        = list(string)
}

variable "buffer_retention_days" {
  description = "Days the queue of a buffered route keeps an event that is not processed; less than `dlq_retention_days`, because a message's age counts on in the dead-letter queue."
  nullable    = false
  default     = 4
  type        = number
}

variable "checkpoint_algorithm" {
  description = "Algorithm that signs the audit log's checkpoints."
  nullable    = false
  default     = "ECDSA_P256"
  type        = string
}

variable "checkpoint_key_generations" {
  description = "Names of the keys that may sign checkpoints, oldest first; the last one does. To rotate, append a name, apply, let the sealer run once, and remove the older name."
  nullable    = false
  default     = ["1"]
  type        = list(string)
}

variable "dlq_retention_days" {
  description = "Days a dead-letter queue keeps a message."
  nullable    = false
  default     = 14
  type        = number
}

variable "encrypt_bus_with_data_key" {
  description = "Whether the bus encrypts events on their way with the data key; false leaves it to a key that AWS owns and does not charge for. The archive is always under a key of AWS's own."
  nullable    = false
  default     = true
  type        = bool
}

variable "environment_suffix" {
  description = "Ends every name, so that several environments fit in one account, e.g. dev or pr-123."
  nullable    = false
  type        = string

  # A workspace of Terraform Cloud may have more before it.
  validation {
    condition     = terraform.workspace == "default" || endswith(terraform.workspace, var.environment_suffix)
    error_message = "environment_suffix is not what the selected workspace is named after: with the state of another environment, this one would replace it, data included. Take `terraform workspace select -or-create <environment_suffix>`."
  }
}

variable "key_deletion_window_days" {
  description = "Days between the destruction of a key and its end, in which it can still be restored, and with it the backups that DynamoDB keeps of destroyed tables for 35 days."
  nullable    = false
  default     = 30
  type        = number
}

variable "log_retention_days" {
  description = "Days the functions' logs are kept; 0 keeps them forever."
  nullable    = false
  default     = 365
  type        = number
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the functions' own metrics."
  nullable    = false
  default     = "Tapeproof"
  type        = string
}

variable "overwritten_tile_days" {
  description = "Days the bucket keeps an overwritten version of a tile or checkpoint."
  nullable    = false
  default     = 90
  type        = number
}

variable "publishers" {
  description = "AWS accounts that may send messages of a venue, by venue: a message from another account is rejected and audited. A venue that is not named is taken from every account that the bus lets in."
  nullable    = false
  default     = {}
  type        = map(list(string))
}

variable "region" {
  description = "Region of the stack."
  nullable    = false
  default     = "us-east-1"
  type        = string
}

variable "seal_every_minutes" {
  description = "Minutes between two runs of the sealer."
  nullable    = false
  default     = 1
  type        = number
}

variable "table_maintainer_arns" {
  description = "ARNs of roles that people take to write to the tables (`ops recover-head`, `ops restore`, `audit prune`); nobody but the functions by default."
  nullable    = false
  default     = []
  type        = list(string)
}

variable "tags" {
  description = "Tags of every resource, beside Application, Environment and ManagedBy."
  nullable    = false
  default     = {}
  type        = map(string)

  validation {
    condition     = alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:")])
    error_message = "A tag's key must not start with aws:, which is Amazon's own."
  }
}

variable "target_retry" {
  description = "How long EventBridge tries to hand an event to its target, in attempts and seconds."
  nullable    = false
  default     = {}
  type = object({
    attempts      = optional(number, 185)
    maximum_age_s = optional(number, 3600)
  })
}
