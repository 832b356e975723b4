# Every name ends with the suffix: with another one, the whole system would be destroyed, its data included, and made anew.
# So the one that it was first applied with is remembered, and another is refused before anything is planned to go.
resource "terraform_data" "suffix" {
  input = var.environment_suffix

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.output == var.environment_suffix
      error_message = "environment_suffix cannot change: this state holds the system that ends with ${self.output}, which would be destroyed with its data. Apply the other one with a state of its own: `terraform workspace select -or-create <environment_suffix>`."
    }
  }
}
