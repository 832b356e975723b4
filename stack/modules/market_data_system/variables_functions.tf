variable "architecture" {
  description = "Processor that the functions run on; the package holds no machine code, so both work."
  nullable    = false
  default     = "arm64"
  type        = string

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 (a fifth cheaper) or x86_64."
  }
}

variable "async_maximum_age_s" {
  description = "Seconds that Lambda keeps trying an event of a direct route, its two retries included."
  nullable    = false
  default     = 3600
  type        = number

  validation {
    condition     = var.async_maximum_age_s >= 3600 && var.async_maximum_age_s <= 21600
    error_message = "async_maximum_age_s must be 3600 to 21600: Lambda retries after one and two minutes and backs off while throttled, so a short age cancels the retries."
  }
}

variable "hour_shards" {
  description = "Shards that a symbol's hour is spread over in the symbol-time index; readers query each of them. Raise it at any time, readers first."
  nullable    = false
  default     = 4
  type        = number

  validation {
    condition     = var.hour_shards >= 1 && var.hour_shards <= 256 && floor(var.hour_shards) == var.hour_shards
    error_message = "hour_shards must be a whole number, 1 to 256: each takes 1,000 records a second of one symbol and type, and each is one more query for a reader."
  }
}

variable "late_after_ms" {
  description = "Milliseconds between event time and receipt after which a tick is observed as late."
  nullable    = false
  default     = 1000
  type        = number

  validation {
    condition     = var.late_after_ms >= 1 && var.late_after_ms <= 86400000 && floor(var.late_after_ms) == var.late_after_ms
    error_message = "late_after_ms must be a whole number, 1 to 86400000, a day, e.g. 1000."
  }
}

variable "log_level" {
  description = "Lowest level the functions log."
  nullable    = false
  default     = "INFO"
  type        = string

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING"], var.log_level)
    error_message = "log_level must be DEBUG, INFO or WARNING; ERROR would hide what the audit compares with."
  }
}

variable "log_origin" {
  description = "Name of the audit log in its checkpoints, unique for ever; made of account and suffix when absent."
  default     = null
  type        = string

  validation {
    condition     = var.log_origin == null ? true : can(regex("^[A-Za-z0-9._/-]{1,100}$", var.log_origin))
    error_message = "log_origin must be up to 100 letters, digits and . _ / -, e.g. audit.bank.example/market-data: it is the first line of a checkpoint (C2SP tlog-checkpoint)."
  }
}

variable "max_item_bytes" {
  description = "Largest item, in bytes, that a record is stored in; a larger one is continued in further items."
  nullable    = false
  default     = 350000
  type        = number

  validation {
    condition     = var.max_item_bytes >= 40960 && var.max_item_bytes <= 409600 && floor(var.max_item_bytes) == var.max_item_bytes
    error_message = "max_item_bytes must be a whole number, 40960 to 409600, the 400 KB that DynamoDB takes, keys and index attributes included; 350000 suits."
  }
}

variable "minute_shards" {
  description = "Shards that a venue's minute is spread over in the exchange-time index; readers query each of them. Raise it at any time, readers first."
  nullable    = false
  default     = 8
  type        = number

  validation {
    condition     = var.minute_shards >= 1 && var.minute_shards <= 256 && floor(var.minute_shards) == var.minute_shards
    error_message = "minute_shards must be a whole number, 1 to 256: each takes 1,000 records a second of one venue, and each is one more query for a reader."
  }
}

variable "record_shards" {
  description = "Shards that a symbol's hour is spread over in the market table; more than one where a venue has over 500 records a second of one symbol and type (DynamoDB writes 1,000 units a second to a partition, and a transaction takes two for each KB). Change it between sessions: an event that is delivered again across the change is recorded twice."
  nullable    = false
  default     = 1
  type        = number

  validation {
    condition     = var.record_shards >= 1 && var.record_shards <= 64 && floor(var.record_shards) == var.record_shards
    error_message = "record_shards must be a whole number, 1 to 64; readers query each of them, so take as few as the busiest symbol needs."
  }
}

variable "runtime" {
  description = "Lambda runtime of the functions."
  nullable    = false
  default     = "python3.11"
  type        = string

  validation {
    condition     = contains(["nodejs18.x", "python3.11"], var.runtime)
    error_message = "runtime must be python3.11, which the package is built for, or nodejs18.x for a package of your own (AWS deprecated it on 2025-09-01)."
  }
}

variable "sealer" {
  description = "How the sealer runs: size in MB, timeout in seconds and reserved concurrency (1 keeps two runs from racing; none shares the account's pool, and the loser of a race gives way)."
  nullable    = false
  default     = {}
  type = object({
    memory_mb            = optional(number, 512)
    reserved_concurrency = optional(number)
    timeout_s            = optional(number, 60)
  })

  validation {
    condition     = var.sealer.memory_mb >= 128 && var.sealer.memory_mb <= 10240 && var.sealer.timeout_s >= 10 && var.sealer.timeout_s <= 900
    error_message = "sealer.memory_mb must be 128 to 10240 and sealer.timeout_s 10 to 900 (seconds); 512 and 60 suit a run every minute."
  }

  validation {
    condition     = var.sealer.reserved_concurrency == null ? true : var.sealer.reserved_concurrency >= 1
    error_message = "sealer.reserved_concurrency must be at least 1, because 0 would stop it; leave it out to share the account's pool."
  }
}

variable "sign_from_function_only" {
  description = "Whether the sealer's role may sign from the sealer's own function only, which Lambda vouches for; off where nothing does, as in the embedded AWS."
  nullable    = false
  default     = true
  type        = bool
}

variable "tracing_mode" {
  description = "X-Ray tracing of the functions: Active traces one request a second and 5 % of the rest (Lambda fixes that rate), PassThrough only what a publisher already traces."
  nullable    = false
  default     = "Active"
  type        = string

  validation {
    condition     = contains(["Active", "PassThrough"], var.tracing_mode)
    error_message = "tracing_mode must be Active or PassThrough."
  }
}
