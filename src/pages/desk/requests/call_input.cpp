#include "pages/desk/requests/call_input.hpp"

#include "accounts/account.hpp"
#include "base/text.hpp"
#include "leaks/leak_text.hpp"
#include "pages/shared/contact_rules.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "request_types/request_type.hpp"
#include "users/user.hpp"
#include "web/forms/upload.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace pages::desk {

namespace {

constexpr std::size_t longest_description = 5000;

/// Whom and which account the customer's field means; both may be missing. Somebody who was named by user name may have
/// several accounts: then none of them is meant yet.
struct Caller
{
    std::optional<users::User> user;
    std::optional<accounts::Account> account;
    std::vector<accounts::Account> several;
};

Caller find_caller(db::Connection& db, std::string_view customer)
{
    Caller caller;
    caller.account = accounts::find_account(db, accounts::normalize_number(customer));
    if (caller.account && caller.account->user_id)
        caller.user = users::get_user(db, caller.account->user_id);
    else if (!caller.account)
        caller.user = users::find_user(db, customer);
    if (caller.user && caller.user->role != base::Role::Customer)
        caller.user.reset();
    if (caller.user && !caller.account) {
        auto accounts = accounts::list_accounts_of(db, caller.user->id);
        if (accounts.size() == 1)
            caller.account = std::move(accounts.front());
        else
            caller.several = std::move(accounts);
    }
    return caller;
}

/// Of somebody's several accounts the one at the address that was typed. Without an address the crew would go to any.
void choose_account(Caller& caller, CallInput& input)
{
    if (caller.several.empty())
        return;
    if (input.request.address.empty()) {
        std::string addresses;
        for (const accounts::Account& account : caller.several)
            addresses += (addresses.empty() ? "" : "; ") + account.address;
        input.typed.errors.add("address",
            base::Text("They have more than one address. Ask which one: {addresses}", {{"addresses", addresses}}));
        return;
    }
    const std::string key = service_requests::address_key(input.request.address);
    const auto found = std::ranges::find(caller.several, key,
        [](const accounts::Account& account) { return service_requests::address_key(account.address); });
    if (found != caller.several.end())
        caller.account = *found;
}

void read_type(web::Context& ctx, CallInput& input)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, input.typed.type);
    if (!type) {
        input.typed.errors.add("request_type", base::Text("Choose what they need help with."));
        return;
    }
    input.typed.type = type->slug;
    input.request.type_id = type->id;
    input.is_emergency = type->is_emergency;
}

void read_customer(web::Context& ctx, CallInput& input, web::FormReader& reader)
{
    service_requests::NewServiceRequest& request = input.request;
    const std::string customer = reader.line("customer", {.most = input.is_emergency ? leaks::any_length : 150});
    if (customer.empty())
        return;
    Caller caller = find_caller(ctx.db(), customer);
    choose_account(caller, input);
    if (!caller.user && !caller.account) {
        if (input.is_emergency)
            request.description += fmt::format("\n\nCustomer: {}", customer);
        else
            input.typed.errors.add("customer",
                base::Text(
                    "No customer has this account number or user name. Find the customer below, or leave it empty."));
        return;
    }
    if (caller.user) {
        request.user_id = caller.user->id;
        if (request.contact_name.empty())
            request.contact_name = caller.user->full_name();
        if (request.contact_phone.empty())
            request.contact_phone = caller.user->phone;
    }
    if (caller.account) {
        request.account_id = caller.account->id;
        if (request.address.empty())
            request.address = caller.account->address;
        if (request.contact_phone.empty())
            request.contact_phone = caller.account->phone;
    }
}

void read_texts(CallInput& input, web::FormReader& reader, bool is_cut)
{
    service_requests::NewServiceRequest& request = input.request;
    const bool is_leak = input.is_emergency;
    const auto at_most = [&](std::size_t most) { return is_leak ? leaks::any_length : most; };
    request.description = reader.text("description", {.least = is_leak ? 0U : 1U,
                                                         .most = at_most(longest_description),
                                                         .missing = base::MessageId("Write what the caller says.")});
    request.contact_name = reader.line("name", {.most = at_most(150)});
    request.address = reader.line("address", {.most = at_most(200)});
    input.typed.note = reader.text("note", {.most = longest_description});
    if (is_leak) {
        if (is_cut)
            leaks::note_cut(request.description);
        request.address = leaks::fit_line(request.address, "Address", request.description);
        request.contact_name = leaks::fit_line(request.contact_name, "Name", request.description);
        const std::string phone = reader.line("phone", {.most = leaks::any_length});
        request.contact_phone = leaks::fit_line(phone, "Phone", request.description);
    } else {
        request.contact_phone = shared::read_phone(reader, input.typed.errors);
    }
}

} // namespace

TypedCall typed_call(const web::Fields& fields)
{
    TypedCall typed;
    typed.type = web::field_of(fields, "request_type");
    typed.customer = web::field_of(fields, "customer");
    typed.name = web::field_of(fields, "name");
    typed.phone = web::field_of(fields, "phone");
    typed.address = web::field_of(fields, "address");
    typed.description = web::field_of(fields, "description");
    typed.note = web::field_of(fields, "note");
    typed.leak = shared::read_leak_questions(fields);
    return typed;
}

CallInput read_call(web::Context& ctx)
{
    CallInput input{.typed = typed_call(ctx.request().form), .request = {}};
    input.request.channel = service_requests::Channel::Phone;
    web::FormReader reader(ctx.request(), input.typed.errors);
    read_type(ctx, input);
    const bool is_cut = web::is_text_cut(ctx.request());
    read_texts(input, reader, is_cut);
    read_customer(ctx, input, reader);
    if (input.is_emergency && input.request.address.empty() && input.typed.errors.of("address").empty())
        input.typed.errors.add("address", base::Text("Ask where it is. The street is enough."));
    if (is_cut && !input.is_emergency && input.typed.errors.empty())
        input.typed.errors.add("description", base::Text("That’s too long. Text can have 256 KB. Make it shorter."));
    input.typed.errors.order({"request_type", "name", "phone", "customer", "address", "description", "note"});
    return input;
}

} // namespace pages::desk
