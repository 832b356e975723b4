variable "archive_retention_days" {
  description = "Days the archive keeps an event for replay; 0 keeps it forever."
  nullable    = false
  default     = 30
  type        = number

  validation {
    condition     = var.archive_retention_days >= 0 && floor(var.archive_retention_days) == var.archive_retention_days
    error_message = "archive_retention_days must be a whole number of days, or 0 to keep events forever."
  }
}

variable "auditor_principal_arns" {
  description = "Who may take the read-only role of the auditor, as ARNs of roles, users or accounts; nobody by default, and then there is no such role."
  nullable    = false
  default     = []
  type        = list(string)

  validation {
    condition     = alltrue([for arn in var.auditor_principal_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(root|(role|user)/[A-Za-z0-9+=,.@_/-]+)$", arn))])
    error_message = "auditor_principal_arns must be ARNs of IAM roles, users or accounts (:root), without wildcards, e.g. [\"arn:aws:iam::ACCOUNT:role/auditor\"]."
  }

  # AWS IAM User Guide, "IAM and AWS STS quotas": 2,048 characters, of which the rest of the policy takes under 150.
  validation {
    condition     = length(jsonencode(var.auditor_principal_arns)) <= 1900
    error_message = "auditor_principal_arns is longer than a role's trust policy takes, 2,048 characters: name one role that all auditors take, or the account (:root) that decides who does."
  }
}

variable "buffer_retention_days" {
  description = "Days the queue of a buffered route keeps an event that is not processed; less than `dlq_retention_days`, because a message's age counts on in the dead-letter queue."
  nullable    = false
  default     = 4
  type        = number

  validation {
    condition     = var.buffer_retention_days >= 1 && var.buffer_retention_days < var.dlq_retention_days
    error_message = "buffer_retention_days must be at least 1 and less than dlq_retention_days, or messages expire as they reach the dead-letter queue."
  }
}

variable "checkpoint_algorithm" {
  description = "Algorithm that signs the audit log's checkpoints."
  nullable    = false
  default     = "ECDSA_P256"
  type        = string

  validation {
    condition     = contains(["ECDSA_P256"], var.checkpoint_algorithm)
    error_message = "checkpoint_algorithm must be ECDSA_P256, the one that both the AWS provider can create and the checkpoint format knows."
  }
}

variable "checkpoint_key_generations" {
  description = "Names of the keys that may sign checkpoints, oldest first; the last one does. To rotate, append a name, apply, let the sealer run once, and remove the older name."
  nullable    = false
  default     = ["1"]
  type        = list(string)

  validation {
    condition     = length(var.checkpoint_key_generations) > 0 && length(var.checkpoint_key_generations) == length(distinct(var.checkpoint_key_generations)) && alltrue([for name in var.checkpoint_key_generations : can(regex("^[a-z0-9-]{1,16}$", name))])
    error_message = "checkpoint_key_generations must list different names of up to 16 of a-z, 0-9 and -, oldest first, e.g. [\"1\"] or, while rotating, [\"1\", \"2\"]."
  }
}

variable "dlq_retention_days" {
  description = "Days a dead-letter queue keeps a message."
  nullable    = false
  default     = 14
  type        = number

  validation {
    condition     = var.dlq_retention_days >= 2 && var.dlq_retention_days <= 14
    error_message = "dlq_retention_days must be 2 to 14, the longest that SQS keeps a message."
  }
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

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$", var.environment_suffix))
    error_message = "environment_suffix must be 1 to 16 of a-z, 0-9 and -, not starting or ending with -, e.g. dev: it is part of names that AWS limits."
  }
}

variable "key_deletion_window_days" {
  description = "Days between the destruction of a key and its end, in which it can still be restored, and with it the backups that DynamoDB keeps of destroyed tables for 35 days."
  nullable    = false
  default     = 30
  type        = number

  validation {
    condition     = var.key_deletion_window_days >= 7 && var.key_deletion_window_days <= 30
    error_message = "key_deletion_window_days must be 7 to 30, the range of AWS KMS."
  }
}

variable "log_retention_days" {
  description = "Days the functions' logs are kept; 0 keeps them forever."
  nullable    = false
  default     = 365
  type        = number

  validation {
    condition     = contains([0, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be at least 30 for compliance and a value that CloudWatch Logs accepts: 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or 0 for ever."
  }
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the functions' own metrics."
  nullable    = false
  default     = "Tapeproof"
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,200}$", var.metrics_namespace)) && !startswith(var.metrics_namespace, "AWS/")
    error_message = "metrics_namespace must be up to 200 letters, digits and . _ / # -, and not start with AWS/, which is Amazon's own."
  }
}

variable "overwritten_tile_days" {
  description = "Days the bucket keeps an overwritten version of a tile or checkpoint."
  nullable    = false
  default     = 90
  type        = number

  validation {
    condition     = var.overwritten_tile_days >= 30
    error_message = "overwritten_tile_days must be at least 30: older versions show what a checkpoint said before."
  }
}

variable "publishers" {
  description = "AWS accounts that may send messages of a venue, by venue: a message from another account is rejected and audited. A venue that is not named is taken from every account that the bus lets in."
  nullable    = false
  default     = {}
  type        = map(list(string))

  validation {
    condition     = alltrue([for venue, accounts in var.publishers : contains(var.venues, venue) && length(accounts) > 0 && alltrue([for account in accounts : can(regex("^[0-9]{12}$", account))])])
    error_message = "publishers must map a venue of `venues` to at least one AWS account of 12 digits, e.g. { kraken = [\"123456789012\"] }."
  }
}

variable "region" {
  description = "Region of the stack."
  nullable    = false
  default     = "us-east-1"
  type        = string

  validation {
    condition     = var.region == "us-east-1"
    error_message = "region must be us-east-1: the service is approved for that region only."
  }
}

variable "seal_every_minutes" {
  description = "Minutes between two runs of the sealer."
  nullable    = false
  default     = 1
  type        = number

  validation {
    condition     = var.seal_every_minutes >= 1 && var.seal_every_minutes < var.thresholds.checkpoint_minutes && floor(var.seal_every_minutes) == var.seal_every_minutes
    error_message = "seal_every_minutes must be a whole number of minutes, less than thresholds.checkpoint_minutes, or the log would always count as stale."
  }
}

variable "table_maintainer_arns" {
  description = "ARNs of roles that people take to write to the tables (`ops recover-head`, `ops restore`, `audit prune`); nobody but the functions by default."
  nullable    = false
  default     = []
  type        = list(string)

  validation {
    condition     = alltrue([for arn in var.table_maintainer_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "table_maintainer_arns must list ARNs of roles or users, without wildcards, e.g. arn:aws:iam::ACCOUNT:role/log-maintainer."
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

  validation {
    condition     = var.target_retry.attempts >= 1 && var.target_retry.attempts <= 185 && var.target_retry.maximum_age_s >= 60 && var.target_retry.maximum_age_s <= 86400
    error_message = "target_retry.attempts must be 1 to 185 and target_retry.maximum_age_s 60 to 86400, the ranges of EventBridge."
  }
}
