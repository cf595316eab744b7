#include "pages/customer/request_input.hpp"

#include "accounts/account.hpp"
#include "base/address/street.hpp"
#include "base/text.hpp"
#include "leaks/leak_text.hpp"
#include "pages/shared/contact_rules.hpp"
#include "pages/shared/emergencies/leak_questions.hpp"
#include "pages/shared/files/form_files.hpp"
#include "request_types/request_type.hpp"
#include "service_requests/of_owner.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pages::customer {

namespace {

constexpr std::string_view elsewhere = "other";
constexpr std::size_t longest_description = 5000;
constexpr std::size_t longest_address = 200;

std::string short_line(std::string typed)
{
    std::replace_if(
        typed.begin(), typed.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; }, ' ');
    return std::string(base::first_code_points(typed, longest_address)) +
           (base::count_code_points(typed) > longest_address ? "…" : "");
}

/// A leak's address when two were given. It is not refused for that: the crew is told both, first what was typed on
/// purpose, and then the account's, which stood there by itself but is right when only "second floor" was typed.
std::string both_addresses(std::string typed, std::string_view of_account)
{
    return fmt::format("{} (account’s address: {})", short_line(std::move(typed)), of_account);
}

/// An account is chosen. Another address typed beside it is never dropped in silence: we ask which one it is, and take
/// the account as the answer only when it was chosen with the question in sight.
void use_account(RequestInput& input, const web::Fields& form, const AddressChoice& account)
{
    TypedRequest& typed = input.typed;
    input.request.account_id = AccountId{base::parse_integer(account.value).value_or(0)};
    input.request.address = account.address;
    const std::string address(base::trim(typed.address));
    if (address.empty() || base::is_same_address(address, account.address))
        return;
    const bool is_answered = web::field_of(form, "asked_address") == address && !web::field_of(form, "account").empty();
    if (is_answered) {
        typed.asked_address = address;
    } else if (input.is_emergency) {
        input.request.address = both_addresses(address, account.address);
    } else {
        typed.asked_address = address;
        typed.asked_account = account.address;
        typed.account.clear();
        typed.errors.add("account", base::Text("You chose {account}, but also typed {typed}. Which one is it?",
                                        {{"account", account.address}, {"typed", address}}));
    }
}

/// Where somebody may be who did not say it.
std::string all_addresses(const std::vector<AddressChoice>& accounts)
{
    std::string all;
    for (const AddressChoice& account : accounts)
        all += (all.empty() ? "" : " or ") + account.address;
    return all;
}

/// The account was unlinked or deactivated while the form was open, or is none of the visitor's. A leak is taken
/// without it: with the address that the form showed for it, or with what else is known of where it is.
bool use_gone_account(RequestInput& input, const web::Fields& form, const std::vector<AddressChoice>& accounts)
{
    if (!input.is_emergency)
        return false;
    const auto id = base::parse_integer(input.typed.account);
    const std::string address(base::trim(input.typed.address));
    std::string shown = id ? shared::shown_address(form, *id) : std::string();
    if (shown.empty() && address.empty())
        shown = shared::shown_addresses(form);
    if (shown.empty() && address.empty())
        shown = all_addresses(accounts);
    const bool has_both = !shown.empty() && !address.empty() && !base::is_same_address(address, shown);
    input.request.address = has_both ? both_addresses(address, shown) : short_line(shown.empty() ? address : shown);
    return true;
}

/// An address that came back from a request that was not sent does not become a leak's by itself: the visitor's account
/// is the place, and the crew is told both, unless the form's question about it was answered.
bool use_account_instead(RequestInput& input, const web::Fields& form, const std::vector<AddressChoice>& accounts)
{
    const std::string address(base::trim(input.typed.address));
    const std::string_view answer = web::field_of(form, "kept_place");
    if (!input.is_emergency || accounts.empty() || address.empty() || answer == "yes" ||
        base::trim(input.typed.kept_address) != address)
        return false;
    const auto chosen = std::ranges::find(accounts, input.typed.account, &AddressChoice::value);
    const bool is_known = chosen != accounts.end() || accounts.size() == 1;
    AddressChoice account{.address = all_addresses(accounts)};
    if (is_known)
        account = chosen == accounts.end() ? accounts.front() : *chosen;
    input.request.account_id = AccountId{base::parse_integer(account.value).value_or(0)};
    input.request.address = account.address;
    if (answer != "no" && !base::is_same_address(address, account.address))
        input.request.address += fmt::format(" (typed before, for another request: {})", short_line(address));
    return true;
}

/// A leak's form asks once where it is, and keeps what was typed. Sent again without an answer, it is taken as it is: a
/// leak is never refused.
bool asks_where(RequestInput& input, std::string field, base::MessageId question)
{
    TypedRequest& typed = input.typed;
    if (!input.is_emergency || std::exchange(typed.asked_place, true))
        return false;
    typed.errors.add(std::move(field), base::Text(question));
    return true;
}

/// Several accounts, and neither one of them was chosen nor another place typed.
void read_unchosen_place(RequestInput& input, const std::vector<AddressChoice>& accounts)
{
    if (!input.is_emergency)
        input.typed.errors.add("account", base::Text("Choose where it is."));
    else if (!asks_where(
                 input, "account", base::MessageId("Which of your addresses is it? Choose one, or type another.")))
        input.request.address = short_line(all_addresses(accounts));
}

/// "A different address" is chosen, or there is no account.
void read_typed_place(RequestInput& input, web::FormReader& reader, bool has_accounts)
{
    TypedRequest& typed = input.typed;
    const bool is_leak = input.is_emergency;
    // Somebody without an account may leave it open; who has one and says "somewhere else" must say where.
    typed.address = reader.line("address", {.least = has_accounts && !is_leak ? 1U : 0U,
                                               .most = is_leak ? leaks::any_length : longest_address,
                                               .missing = base::MessageId("Enter the address.")});
    input.request.address = typed.address;
    if (typed.address.empty())
        asks_where(input, "address", base::MessageId("Enter the address so the crew can find it."));
}

/// Account and address: one of the visitor's own accounts, or a place in words. Without the field: the only account.
void read_place(
    RequestInput& input, web::FormReader& reader, const web::Fields& form, const std::vector<AddressChoice>& accounts)
{
    TypedRequest& typed = input.typed;
    choose_only_account(typed, accounts);
    if (typed.account.empty() && input.is_emergency && !base::trim(typed.address).empty())
        typed.account = elsewhere;
    if (use_account_instead(input, form, accounts))
        return;
    if (typed.account.empty())
        return read_unchosen_place(input, accounts);
    const auto account = std::find_if(
        accounts.begin(), accounts.end(), [&](const auto& choice) { return choice.value == typed.account; });
    if (account != accounts.end()) {
        use_account(input, form, *account);
    } else if (typed.account == elsewhere) {
        read_typed_place(input, reader, !accounts.empty());
    } else if (!use_gone_account(input, form, accounts)) {
        typed.errors.add("account", base::Text("Choose where it is."));
    }
}

void read_type(web::Context& ctx, RequestInput& input)
{
    const auto types = ctx.recent(request_types::list_request_types);
    const auto type = request_types::find_request_type(*types, input.typed.type);
    if (!type) {
        input.typed.errors.add("request_type", base::Text("Choose what you need help with."));
        return;
    }
    input.typed.type = type->slug;
    input.request.type_id = type->id;
    input.is_emergency = type->is_emergency;
}

/// A leak is never refused for its text: what is no phone number is kept as it was typed, no word is needed, and what
/// is too long for its line goes on in the description.
void read_texts(RequestInput& input, web::FormReader& reader, bool is_cut)
{
    service_requests::NewServiceRequest& request = input.request;
    const bool is_leak = input.is_emergency;
    request.description =
        reader.text("description", {.least = is_leak ? 0U : 1U,
                                       .most = is_leak ? leaks::any_length : longest_description,
                                       .missing = base::MessageId("Tell us what is happening, in a few words.")});
    if (is_leak) {
        if (is_cut)
            leaks::note_cut(request.description);
        request.address = leaks::fit_line(request.address, "Address", request.description);
        const std::string phone = reader.line("phone", {.least = 0, .most = leaks::any_length});
        request.contact_phone = leaks::fit_line(phone, "Phone", request.description);
    } else {
        request.contact_phone = shared::read_phone(reader, input.typed.errors);
    }
}

} // namespace

TypedRequest typed_request(const web::Fields& fields)
{
    TypedRequest typed;
    typed.type = web::field_of(fields, "request_type");
    typed.description = web::field_of(fields, "description");
    typed.account = web::field_of(fields, "account");
    typed.address = web::field_of(fields, "address");
    typed.kept_address = web::field_of(fields, "kept_address");
    typed.phone = web::field_of(fields, "phone");
    typed.leak = shared::read_leak_questions(fields);
    return typed;
}

std::vector<AddressChoice> list_address_choices(web::Context& ctx)
{
    std::vector<AddressChoice> choices;
    for (const auto& account : accounts::list_accounts_of(ctx.db(), ctx.visitor().user_id))
        choices.push_back({std::to_string(account.id.value), account.number, account.address});
    if (choices.size() < 2)
        return choices;
    // The first one is chosen when nothing else is.
    const auto last = std::to_string(service_requests::find_last_account(ctx.db(), ctx.visitor().user_id).value);
    std::ranges::stable_partition(choices, [&](const AddressChoice& choice) { return choice.value == last; });
    return choices;
}

void choose_only_account(TypedRequest& typed, const std::vector<AddressChoice>& accounts)
{
    if (typed.account.empty() && typed.asked_account.empty() && accounts.size() < 2)
        typed.account = accounts.empty() ? std::string(elsewhere) : accounts.front().value;
}

RequestInput read_request(web::Context& ctx, const storage::Store& store)
{
    RequestInput input{.typed = typed_request(ctx.request().form), .request = {}, .files = {}};
    web::FormErrors& errors = input.typed.errors;
    web::FormReader reader(ctx.request(), errors);
    read_type(ctx, input);
    // What a cut body lost is not asked for.
    input.typed.asked_place =
        web::is_text_cut(ctx.request()) || !web::field_of(ctx.request().form, "asked_place").empty();
    input.request.user_id = ctx.visitor().user_id;
    read_place(input, reader, ctx.request().form, list_address_choices(ctx));
    read_texts(input, reader, web::is_text_cut(ctx.request()));
    if (input.is_emergency && input.request.contact_phone.empty())
        input.request.contact_phone = shared::known_phone(users::get_user(ctx.db(), input.request.user_id),
            accounts::list_accounts_of(ctx.db(), input.request.user_id), input.request.account_id);
    input.request.contact_name = ctx.visitor().full_name;
    input.files = shared::read_files(ctx, store,
        {.id = "create-form", .if_refused = input.is_emergency ? web::IfRefused::SendWithout : web::IfRefused::Ask},
        errors);
    errors.order({"request_type", "account", "address", "description", "attachments", "phone"});
    return input;
}

} // namespace pages::customer
