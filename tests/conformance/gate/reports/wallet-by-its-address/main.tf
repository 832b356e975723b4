locals {
  payout_address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
}
