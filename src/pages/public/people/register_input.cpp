#include "pages/public/people/register_input.hpp"

#include "accounts/account.hpp"
#include "actions/people/password_rule.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "pages/shared/contact_rules.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <algorithm>

namespace pages::public_ {

namespace {

constexpr std::size_t zip_digits = 5;
constexpr std::size_t zip_plus_4_digits = 9;

void check_mailbox(web::FormErrors& errors, std::string_view email)
{
    shared::check_email(errors, email);
    // Other letters look like these ones, and not every mail server on the way takes them.
    if (errors.of("email").empty() && !base::is_ascii(email))
        errors.add(
            "email", base::Text("We can only write to emails of plain letters, without accents. Of a domain such as "
                                "müller.example, type the form that begins with xn--."));
}

/// "12545" of "12545-0417" and "12545 0417"; what is no ZIP code stays as it was typed.
std::string read_zip(web::FormReader& reader, web::FormErrors& errors)
{
    const std::string typed = reader.line("zip", {.least = 0, .most = 20});
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

void read_claim(web::FormReader& reader, RegisterInput& input)
{
    input.typed.account_number = accounts::normalize_number(reader.line("account", {.least = 0, .most = 50}));
    input.typed.postal_code = read_zip(reader, input.errors);
    const bool has_number = !input.typed.account_number.empty();
    if (has_number && !accounts::is_valid_number(input.typed.account_number))
        input.errors.add("account", base::Text("Enter the account number as it is on the bill: usually 10 digits."));
    if (has_number && input.typed.postal_code.empty())
        input.errors.add("zip", base::Text("Enter the ZIP code of the service address."));
    if (!has_number && !input.typed.postal_code.empty())
        input.errors.add("account", base::Text("Enter the account number, or leave the ZIP code empty too."));
}

} // namespace

void check_username(web::FormErrors& errors, std::string_view username)
{
    if (username.empty())
        return;
    if (username.find('@') != std::string_view::npos)
        errors.add("username", base::Text("Choose a user name without @. Your email signs in as well."));
    else if (!users::is_valid_username(username))
        errors.add("username", base::Text("Use 1 to 150 letters, digits and . + - _"));
    else if (users::mixes_alphabets(username))
        errors.add("username", base::Text("Use letters of one alphabet only."));
}

sign_in::PasswordRule rule_for_new_customer(
    web::Context& ctx, const registrations::Registration& typed, const SelfService& service)
{
    const users::User person{.id = {},
        .username = typed.username,
        .first_name = typed.first_name,
        .last_name = typed.last_name,
        .email = typed.email};
    return actions::password_rule_of(
        ctx.db(), person, {.lengths = service.passwords, .site_name = ctx.site().names.name});
}

RegisterInput read_registration(web::Context& ctx, const SelfService& service)
{
    RegisterInput input;
    web::FormReader reader(ctx.request(), input.errors);
    input.typed.first_name =
        reader.line("first_name", {.least = 1, .most = 150, .missing = base::MessageId("Enter your first name.")});
    input.typed.last_name =
        reader.line("last_name", {.least = 1, .most = 150, .missing = base::MessageId("Enter your last name.")});
    input.typed.email =
        reader.line("email", {.least = 1, .most = 254, .missing = base::MessageId("Enter your email.")});
    check_mailbox(input.errors, input.typed.email);
    input.typed.username = users::normal_username(reader.line("username", {.least = 0, .most = 150}));
    check_username(input.errors, input.typed.username);
    read_claim(reader, input);
    input.typed.language = ctx.language().language().tag();
    input.password = reader.raw("password");
    if (const auto refusal = sign_in::refuse_password(input.password, rule_for_new_customer(ctx, input.typed, service)))
        input.errors.add("password", *refusal);
    input.errors.order({"first_name", "last_name", "email", "username", "password", "account", "zip"});
    return input;
}

} // namespace pages::public_
