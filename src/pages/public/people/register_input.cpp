#include "pages/public/people/register_input.hpp"

#include "actions/people/password_rule.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "pages/shared/accounts/claim_input.hpp"
#include "pages/shared/contact_rules.hpp"
#include "users/look_alikes.hpp"
#include "users/user.hpp"

#include <utility>

namespace pages::public_ {

namespace {

void check_mailbox(web::FormErrors& errors, std::string_view email)
{
    shared::check_email(errors, email);
    // Other letters look like these ones, and not every mail server on the way takes them.
    if (errors.of("email").empty() && !base::is_ascii(email))
        errors.add(
            "email", base::Text("We can only write to emails of plain letters, without accents. Of a domain such as "
                                "müller.example, type the form that begins with xn--."));
}

void read_claim(web::FormReader& reader, RegisterInput& input)
{
    shared::TypedClaim claim = shared::read_claim(reader, input.errors, shared::Claiming::Optional);
    input.typed.shares = claim.shares();
    input.typed.account_number = std::move(claim.number);
    input.typed.postal_code = std::move(claim.postal_code);
}

} // namespace

void check_username(web::FormErrors& errors, std::string_view username)
{
    if (username.empty())
        return;
    if (username.find('@') != std::string_view::npos)
        errors.add("username", base::Text("Choose a user name without @. Your email signs in as well."));
    else if (!users::is_valid_username(username))
        errors.add("username", base::Text("Use 1 to 150 letters, digits and . + - _ without blanks."));
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
