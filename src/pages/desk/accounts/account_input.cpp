#include "pages/desk/accounts/account_input.hpp"

#include "base/text.hpp"
#include "pages/shared/contact_rules.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/merge.hpp"

namespace pages::desk {

namespace {

std::string state_of(bool is_active)
{
    return is_active ? "1" : "";
}

void merge(AccountInput& input, const web::Fields& form, const accounts::Account& saved)
{
    std::string state = state_of(input.form.is_active);
    web::Merge merge(form, saved.version, input.errors);
    merge.field("number", input.form.number, saved.number);
    merge.field("address", input.form.address, saved.address);
    merge.field("phone", input.form.phone, saved.phone);
    merge.field("is_active", state, state_of(saved.is_active));
    input.form.is_active = !state.empty();
    input.shown = merge.shown();
    input.is_clash = merge.has_clash();
    if (!input.is_clash)
        input.form.version = saved.version;
}

AccountInput read_form(const web::Context& ctx)
{
    AccountInput input;
    accounts::AccountForm& form = input.form;
    web::FormReader reader(ctx.request(), input.errors);
    form.number = accounts::normalize_number(
        reader.line("number", {.least = 1, .most = 20, .missing = base::MessageId("Enter the account number.")}));
    form.address =
        reader.line("address", {.least = 1, .most = 255, .missing = base::MessageId("Enter the service address.")});
    form.phone = shared::read_phone(reader, input.errors);
    form.version = reader.number("version").value_or(0);
    input.username = reader.line("username", {.least = 0, .most = 150});
    form.is_active = reader.checked("is_active");
    if (!form.number.empty() && !accounts::is_valid_number(form.number))
        input.errors.add("number",
            base::Text("An account number has at least 4 letters or digits, and 20 characters at most: letters, digits "
                       "and dashes."));
    input.errors.order({"number", "address", "phone"});
    return input;
}

} // namespace

AccountInput read_new_account(const web::Context& ctx)
{
    AccountInput input = read_form(ctx);
    input.form.is_active = true;
    return input;
}

AccountInput read_account_change(const web::Context& ctx, const accounts::Account& before)
{
    web::require_fields(ctx.request().form, {"phone"});
    AccountInput input = read_form(ctx);
    merge(input, ctx.request().form, before);
    return input;
}

std::optional<users::User> find_user_to_link(web::Context& ctx, AccountInput& input)
{
    if (input.username.empty())
        return std::nullopt;
    auto user = users::find_user(ctx.db(), input.username);
    if (!user)
        input.errors.add("username", base::Text("There is no user with this user name."));
    return user;
}

std::optional<AccountInput> find_unsaved(const web::Context& ctx, const accounts::Account& saved)
{
    if (!ctx.request().form_value("number"))
        return std::nullopt;
    AccountInput typed = read_account_change(ctx, saved);
    const bool is_same = accounts::changed_fields(saved, typed.form).empty() && typed.form.is_active == saved.is_active;
    return is_same ? std::nullopt : std::optional(std::move(typed));
}

void keep_unsaved(db::Transaction& tx, const web::Context& ctx, const accounts::Account& saved)
{
    const std::string page = urls::desk_account(saved.id);
    web::remove_drafts_of(tx, ctx, page);
    if (!find_unsaved(ctx, saved))
        return;
    web::Fields typed = web::keepable_fields(ctx.request().form);
    std::erase_if(typed, [](const auto& field) { return field.first == "username" || field.first == "user"; });
    web::save_draft(tx, ctx.visitor().user_id, page, typed, ctx.now());
}

accounts::AccountForm form_of(const accounts::Account& account)
{
    return {.number = account.number,
        .address = account.address,
        .phone = account.phone,
        .is_active = account.is_active,
        .version = account.version};
}

AccountInput input_of(const accounts::Account& account, const web::Fields& draft)
{
    AccountInput input;
    input.form = {.number = std::string(web::field_of(draft, "number")),
        .address = std::string(web::field_of(draft, "address")),
        .phone = std::string(web::field_of(draft, "phone")),
        .is_active = !account.id || !web::field_of(draft, "is_active").empty(),
        .version = base::parse_integer(web::field_of(draft, "version")).value_or(account.version)};
    input.username = web::field_of(draft, "username");
    if (account.id)
        merge(input, draft, account);
    return input;
}

std::string shown_of(const accounts::Account& saved)
{
    return web::shown_field({{"number", saved.number}, {"address", saved.address}, {"phone", saved.phone},
        {"is_active", state_of(saved.is_active)}});
}

} // namespace pages::desk
