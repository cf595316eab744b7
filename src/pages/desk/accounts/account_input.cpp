#include "pages/desk/accounts/account_input.hpp"

#include "base/text.hpp"
#include "pages/shared/contact_rules.hpp"

namespace pages::desk {

AccountInput read_new_account(const web::Context& ctx)
{
    AccountInput input = read_account_change(ctx);
    input.form.is_active = true;
    return input;
}

AccountInput read_account_change(const web::Context& ctx)
{
    AccountInput input;
    accounts::AccountForm& form = input.form;
    web::FormReader reader(ctx.request(), input.errors);
    form.number = accounts::normalize_number(
        reader.line("number", {.least = 1, .most = 20, .missing = base::MessageId("Enter the account number.")}));
    form.address =
        reader.line("address", {.least = 1, .most = 255, .missing = base::MessageId("Enter the service address.")});
    form.phone = reader.line("phone", {.least = 0, .most = 30});
    form.version = reader.number("version").value_or(0);
    form.is_active = reader.checked("is_active");
    if (!form.number.empty() && !accounts::is_valid_number(form.number))
        input.errors.add("number", base::Text("An account number has 4 to 20 letters, digits and hyphens."));
    shared::check_phone(input.errors, form.phone);
    return input;
}

accounts::AccountForm form_of(const accounts::Account& account)
{
    return {.number = account.number,
        .address = account.address,
        .phone = account.phone,
        .is_active = account.is_active,
        .version = account.version};
}

void fill_in(accounts::AccountForm& form, const web::Fields& draft)
{
    if (draft.empty())
        return;
    form.number = web::field_of(draft, "number");
    form.address = web::field_of(draft, "address");
    form.phone = web::field_of(draft, "phone");
    form.is_active = !web::field_of(draft, "is_active").empty();
    form.version = base::parse_integer(web::field_of(draft, "version")).value_or(form.version);
}

} // namespace pages::desk
