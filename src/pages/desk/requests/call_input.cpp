#include "pages/desk/requests/call_input.hpp"

#include "accounts/account.hpp"
#include "base/address/street.hpp"
#include "base/text.hpp"
#include "leaks/leak_text.hpp"
#include "pages/desk/callers/caller_matches.hpp"
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
    /// By an account number, which is one customer's.
    bool is_by_number = false;
};

Caller find_caller(db::Connection& db, std::string_view customer)
{
    Caller caller;
    caller.account = accounts::find_account(db, accounts::normalize_number(customer));
    caller.is_by_number = caller.account.has_value();
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

std::string joined(const std::vector<std::string>& addresses)
{
    std::string all;
    for (const std::string& address : addresses)
        all += (all.empty() ? "" : "; ") + address;
    return all;
}

/// Of somebody's several accounts the one at the address that was typed. Without an address the crew would go to any.
void choose_account(Caller& caller, CallInput& input)
{
    if (caller.several.empty())
        return;
    if (input.request.address.empty()) {
        std::vector<std::string> addresses;
        for (const accounts::Account& account : caller.several)
            addresses.push_back(account.address);
        input.typed.errors.add("address", base::Text("They have more than one address. Ask which one: {addresses}",
                                              {{"addresses", joined(addresses)}}));
        return;
    }
    const auto found = std::ranges::find_if(caller.several,
        [&](const accounts::Account& account) { return base::is_same_place(account.address, input.request.address); });
    if (found != caller.several.end())
        caller.account = *found;
}

base::Text where_words(const Caller& caller, const std::string& address, const std::vector<std::string>& known)
{
    if (caller.account)
        return base::Text("{address} isn’t an address of account {number} ({known}).",
            {{"address", address}, {"number", caller.account->number}, {"known", joined(known)}});
    return base::Text("{address} isn’t an address of {name} ({known}).",
        {{"address", address}, {"name", caller.user->full_name()}, {"known", joined(known)}});
}

/// Another customer may have been chosen than the one whose address stands there: ask once.
void ask_where(web::Context& ctx, const Caller& caller, CallInput& input)
{
    std::vector<std::string> known;
    if (caller.account)
        known.push_back(caller.account->address);
    for (const accounts::Account& account : caller.several) {
        if (!caller.account)
            known.push_back(account.address);
    }
    const std::string& address = input.request.address;
    const auto is_here = [&](const std::string& other) { return other.empty() || base::is_same_place(address, other); };
    if (address.empty() || known.empty() || std::ranges::any_of(known, is_here))
        return;
    const std::string about = fmt::format("{} {}", input.typed.customer, address);
    if (ctx.request().form_value("where") || ctx.request().form_value("asked_where") == about)
        return;
    std::vector<std::string> addresses{address};
    addresses.insert(addresses.end(), known.begin(), known.end());
    input.typed.where = WhereQuestion{.words = where_words(caller, address, known),
        .addresses = std::move(addresses),
        .about = about,
        .is_leak = input.is_emergency};
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

/// A user name may be another customer's first name, too. Without an address the crew would go to the wrong one: ask
/// once.
bool is_one_of_several(web::Context& ctx, const Caller& caller, const std::string& customer, CallInput& input)
{
    if (!caller.user || caller.is_by_number || !input.request.address.empty() ||
        customer == input.typed.filled.customer)
        return false;
    if (ctx.request().form_value("asked_who") == customer || find_callers(ctx.db(), customer).found.size() < 2)
        return false;
    input.typed.asked_who = customer;
    input.typed.errors.add("customer",
        base::Text("Several customers fit “{words}”. Choose the one who is calling.", {{"words", customer}}));
    return true;
}

/// What a choice filled in goes with it when the field names somebody else now.
void drop_of_another(CallInput& input)
{
    TypedCall& typed = input.typed;
    if (typed.filled.customer.empty() || typed.filled.customer == base::trim(typed.customer))
        return;
    const auto drop = [](std::string& typed_field, std::string& field, const std::string& filled) {
        if (!filled.empty() && typed_field == filled)
            typed_field = field = {};
    };
    const std::string address = input.request.address;
    drop(typed.name, input.request.contact_name, typed.filled.name);
    drop(typed.phone, input.request.contact_phone, typed.filled.phone);
    drop(typed.address, input.request.address, typed.filled.address);
    if (input.request.address != address)
        input.dropped_address = address;
    typed.filled = {};
}

void read_customer(web::Context& ctx, CallInput& input, web::FormReader& reader)
{
    service_requests::NewServiceRequest& request = input.request;
    const std::string customer = reader.line("customer", {.most = input.is_emergency ? leaks::any_length : 150});
    if (customer.empty())
        return;
    Caller caller = find_caller(ctx.db(), customer);
    if (is_one_of_several(ctx, caller, customer, input))
        return;
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
    ask_where(ctx, caller, input);
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

void read_texts(CallInput& input, web::FormReader& reader, bool is_cut, std::string_view address_field)
{
    service_requests::NewServiceRequest& request = input.request;
    const bool is_leak = input.is_emergency;
    const auto at_most = [&](std::size_t most) { return is_leak ? leaks::any_length : most; };
    request.description = reader.text("description", {.least = is_leak ? 0U : 1U,
                                                         .most = at_most(longest_description),
                                                         .missing = base::MessageId("Write what the caller says.")});
    request.contact_name = reader.line("name", {.most = at_most(150)});
    request.address = reader.line(address_field, {.most = at_most(200)});
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
    typed.filled = {.customer = std::string(web::field_of(fields, "filled_customer")),
        .name = std::string(web::field_of(fields, "filled_name")),
        .phone = std::string(web::field_of(fields, "filled_phone")),
        .address = std::string(web::field_of(fields, "filled_address"))};
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
    // The button that answers the question where it is.
    const auto where = ctx.request().form_value("where");
    if (where)
        input.typed.address = *where;
    read_texts(input, reader, is_cut, where ? "where" : "address");
    drop_of_another(input);
    read_customer(ctx, input, reader);
    const bool is_asked = !input.typed.errors.of("address").empty() || !input.typed.errors.of("customer").empty();
    if (input.is_emergency && input.request.address.empty() && !is_asked)
        input.typed.errors.add("address",
            input.dropped_address.empty()
                ? base::Text("Ask where it is. The street is enough.")
                : base::Text("{address} belongs to the customer chosen before. Ask where it is. The street is enough.",
                      {{"address", input.dropped_address}}));
    if (is_cut && !input.is_emergency && input.typed.errors.empty())
        input.typed.errors.add("description", base::Text("That’s too long. Text can have 256 KB. Make it shorter."));
    input.typed.errors.order({"request_type", "name", "phone", "customer", "address", "description", "note"});
    return input;
}

} // namespace pages::desk
