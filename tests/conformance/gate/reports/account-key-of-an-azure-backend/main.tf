terraform {
  backend "azurerm" {
    storage_account_name = "state"
    container_name       = "state"
    key                  = "feeds.tfstate"
    access_key           = "a4BrEeXW3QgHrZKXQyDMwem7Ke6KTccRKBTn4UX2LShGWf8gHKiDr81tPmg4UHSzNZdSRRGaUc8LD4xUKrBe2i=="
  }
}
