#include "pages/shared/accounts/claim_input.hpp"

#include "accounts/account.hpp"

#include <algorithm>

namespace pages::shared {

namespace {

constexpr std::size_t zip_digits = 5;
constexpr std::size_t zip_plus_4_digits = 9;
constexpr std::size_t longest_number = 50;
constexpr std::size_t longest_zip = 20;

/// "12545" of "12545-0417" and "12545 0417"; what is no ZIP code stays as it was typed.
std::string read_zip(web::FormReader& reader, web::FormErrors& errors)
{
    const std::string typed = reader.line("zip", {.least = 0, .most = longest_zip});
    std::string digits = typed;
    std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
    const bool is_number = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (digits.empty())
        return {};
    if (is_number && (digits.size() == zip_digits || digits.size() == zip_plus_4_digits))
        return digits.substr(0, zip_digits);
    if (errors.of("zip").empty())
        errors.add("zip", base::Text("Enter a ZIP code with 5 digits, such as 12545."));
    return typed;
}

} // namespace

TypedClaim read_claim(web::FormReader& reader, web::FormErrors& errors, Claiming claiming)
{
    TypedClaim claim;
    claim.number = accounts::normalize_number(reader.line("account", {.least = 0, .most = longest_number}));
    claim.postal_code = read_zip(reader, errors);
    claim.sharing = accounts::sharing_of(reader.checked("shares"));
    const bool has_number = !claim.number.empty();
    if (has_number ? !accounts::is_valid_number(claim.number) : claiming == Claiming::Required)
        errors.add("account", base::Text("Enter the account number as it is on the bill: usually 10 digits."));
    if (claim.postal_code.empty() && (has_number || claiming == Claiming::Required))
        errors.add("zip", base::Text("Enter the ZIP code of the service address."));
    if (!has_number && !claim.postal_code.empty() && claiming == Claiming::Optional)
        errors.add("account", base::Text("Enter the account number, or leave the ZIP code empty too."));
    return claim;
}

} // namespace pages::shared
