#include "pages/desk/users/account_choice.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace pages::desk {

namespace {

constexpr std::size_t most_offered = 8;

/// Choose the one that the form's button picked, when it was offered.
void choose_picked(web::Context& ctx, AccountChoice& choice)
{
    const AccountId picked{base::parse_integer(ctx.request().form_value("account_id").value_or("")).value_or(0)};
    if (std::ranges::find(choice.found, picked, &accounts::Account::id) != choice.found.end())
        choice.chosen = picked;
}

/// A wrong digit must not show somebody the account of a stranger.
void ask_about_holder(web::Context& ctx, AccountChoice& choice, const AccountFor& user, web::FormErrors& errors)
{
    choose_picked(ctx, choice);
    if (!choice.chosen)
        errors.add(
            "account", base::Text("{holder} is the holder. {name} will see the holder’s name, address and phone. "
                                  "Choose it below if it is the right one, or empty the field.",
                           {{"holder", choice.found.front().holder_name}, {"name", user.name}}));
}

void find_by_words(web::Context& ctx, AccountChoice& choice, web::FormErrors& errors)
{
    choice.found = accounts::list_accounts(ctx.db(), {.search = choice.sought});
    if (choice.found.empty()) {
        errors.add("account", base::Text("No account has this number or address. Correct it, or empty the field."));
        return;
    }
    const bool is_cut = choice.found.size() > most_offered;
    choice.found.resize(std::min(choice.found.size(), most_offered));
    choose_picked(ctx, choice);
    if (choice.chosen)
        return;
    if (is_cut)
        errors.add("account",
            base::Text("More accounts fit than are listed. Choose one below, type more, or empty the field."));
    else
        errors.add("account",
            base::Text::plural("One account fits. Choose it below if it is the right one, or empty the field.",
                "{n} accounts fit. Choose the right one below, or empty the field.", choice.found.size()));
}

void check_new_account(web::Context& ctx, const AccountChoice& choice, web::FormErrors& errors)
{
    const accounts::AccountForm& made = choice.made;
    if (made.number.empty() && made.address.empty())
        return;
    if (!choice.sought.empty()) {
        errors.add("account", base::Text("Enter an existing account or a new one, not both."));
        return;
    }
    if (made.number.empty())
        errors.add("new_number", base::Text("Enter the account number."));
    else if (!accounts::is_valid_number(made.number))
        errors.add("new_number",
            base::Text("An account number has at least 4 letters or digits, and 20 characters at most: letters, digits "
                       "and dashes."));
    else if (accounts::find_account(ctx.db(), made.number))
        errors.add("new_number", base::Text(account_number_is_taken));
    if (made.address.empty())
        errors.add("new_address", base::Text("Enter the service address."));
}

} // namespace

AccountChoice read_account_choice(web::Context& ctx, web::FormErrors& errors, const AccountFor& user)
{
    AccountChoice choice;
    choice.sought = web::FormReader(ctx.request(), errors).line("account", {.most = 255});
    if (choice.sought.empty())
        return choice;
    const auto exact = accounts::find_account(ctx.db(), accounts::normalize_number(choice.sought));
    if (exact && exact->user_id && exact->user_id != user.id) {
        choice.found = {*exact};
        ask_about_holder(ctx, choice, user, errors);
    } else if (exact)
        choice.chosen = exact->id;
    else
        find_by_words(ctx, choice, errors);
    return choice;
}

AccountChoice read_account_or_new(web::Context& ctx, web::FormErrors& errors, const AccountFor& user)
{
    AccountChoice choice = read_account_choice(ctx, errors, user);
    web::FormReader reader(ctx.request(), errors);
    choice.made.number = accounts::normalize_number(reader.line("new_number", {.most = 20}));
    choice.made.address = reader.line("new_address", {.most = 255});
    choice.made.phone = user.phone;
    check_new_account(ctx, choice, errors);
    return choice;
}

AccountChoice typed_account_choice(const web::Fields& draft)
{
    AccountChoice choice;
    choice.sought = web::field_of(draft, "account");
    choice.made.number = web::field_of(draft, "new_number");
    choice.made.address = web::field_of(draft, "new_address");
    return choice;
}

} // namespace pages::desk
