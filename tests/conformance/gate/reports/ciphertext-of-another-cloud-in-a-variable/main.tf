variable "signed_by" {
  description = "What gcloud kms encrypt gave."
  default     = "CiQAi6tNXVboTYZMGPiaMMl0Ox5dhq17W10IPzyoejdM7vLUoUSPwCIKuTuA4V1FgfWnWXNcNRV1ptbh2YQdplQ6voHyz6gCAH2OTk4goQ=="
}
