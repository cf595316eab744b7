// Every form that is wholly wrong: its errors come in the order of its fields, so that nobody jumps up and down the
// page.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <stdexcept>

namespace {

using support::Client;

struct WrongForm
{
    std::string_view pattern;
    /// In guards::people.
    std::size_t who;
    Client::Fields fields;
};

constexpr std::size_t guest = 0;
constexpr std::size_t mei = 2;
constexpr std::size_t ada = 5;

const std::string too_long(6000, 'a');

const std::vector<WrongForm> wrong_forms = {
    {"/accounts/login/", guest, {{"username", ""}, {"password", ""}}},
    {"/accounts/register/", guest,
        {{"first_name", ""}, {"last_name", too_long}, {"email", "mei"}, {"username", "@"}, {"password", "x"},
            {"account", "-"}, {"zip", "x"}}},
    {"/accounts/register/{token}/", guest, {{"username", "@"}, {"password", ""}}},
    {"/service/create/", mei, {{"account", "other"}, {"address", too_long}, {"phone", "call me"}}},
    {"/account/notifications/", mei,
        {{"pace", "hourly"}, {"digest_at", "soon"}, {"quiet_from", "late"}, {"quiet_until", "early"},
            {"time_zone", "Mars"}, {"version", "0"}}},
    {"/account/contact/", mei, {{"phone", "call me"}, {"email", "mei"}, {"version", "1"}}},
    {"/account/claim/", mei, {{"account", "-"}, {"zip", "x"}}},
    {"/account/password/", mei, {{"current_password", ""}, {"new_password", "x"}, {"new_password_again", "y"}}},
    {"/admin/requests/create/", ada,
        {{"name", too_long}, {"phone", "call me"}, {"customer", "nobody"}, {"address", too_long}, {"description", ""},
            {"note", too_long}}},
    {"/admin/users/create/", ada,
        {{"username", ""}, {"first_name", too_long}, {"last_name", too_long}, {"email", "mei"}, {"phone", "call me"},
            {"account", "4410-2087-33"}, {"new_number", "-"}}},
    {"/admin/users/{id}/", ada,
        {{"first_name", too_long}, {"last_name", too_long}, {"email", "mei"}, {"phone", "call me"},
            {"role", "customer"}, {"version", "1"}}},
    {"/admin/accounts/create/", ada, {{"number", "-"}, {"address", ""}, {"phone", "call me"}}},
    {"/admin/accounts/{id}/", ada, {{"number", "-"}, {"address", ""}, {"phone", "call me"}, {"version", "1"}}},
};

const guards::RouteRow& row_of(std::string_view pattern)
{
    const auto found = std::ranges::find_if(guards::route_rows(),
        [&](const auto& row) { return row.method == http::Method::Post && row.pattern == pattern; });
    if (found == guards::route_rows().end())
        throw std::logic_error("no route " + std::string(pattern));
    return *found;
}

std::vector<std::string> linked_fields(const std::string& page)
{
    const auto from = page.find("class=\"errsum\"");
    const std::string summary = page.substr(std::min(from, page.size()), page.find("</ul>", from) - from);
    const std::regex link("href=\"#(\\w+)\"");
    std::vector<std::string> fields;
    for (std::sregex_iterator at(summary.begin(), summary.end(), link), end; at != end; ++at)
        fields.push_back((*at)[1]);
    return fields;
}

void expect_in_order(guards::Scene& scene, const WrongForm& form)
{
    const auto answer = scene.client(form.who).post(scene.address(row_of(form.pattern)), form.fields);
    ASSERT_EQ(answer.status, 422) << form.pattern;
    const std::vector<std::string> fields = linked_fields(answer.body);
    std::vector<std::size_t> places;
    for (const std::string& field : fields)
        places.push_back(answer.body.find(" id=\"" + field + "\""));
    EXPECT_GE(fields.size(), 2U) << form.pattern;
    EXPECT_TRUE(std::ranges::is_sorted(places)) << form.pattern << ": " << testing::PrintToString(fields);
    EXPECT_EQ(std::ranges::count(places, std::string::npos), 0) << form.pattern << ": a link leads nowhere";
}

/// The most fields that are called wrong when somebody sends the form of this route empty, or with too much in each.
std::size_t most_wrong_fields(guards::Scene& scene, const guards::RouteRow& row)
{
    constexpr std::array kept = {"version", "role", "submission", "visibility", "status", "send_and"};
    std::size_t most = 0;
    for (const std::string& wrong : {std::string(), too_long}) {
        guards::RouteRow sent = row;
        for (auto& [name, value] : sent.fields)
            value = std::ranges::find(kept, name) == kept.end() ? wrong : value;
        for (const std::size_t who : {guest, mei, ada}) {
            Client client = scene.client(who);
            const auto fields = linked_fields(scene.ask(client, sent).body);
            most = std::max(most, std::set(fields.begin(), fields.end()).size());
        }
    }
    return most;
}

TEST(ErrorOrder, IsThatOfTheFieldsInEveryForm)
{
    guards::Scene scene;
    for (const WrongForm& form : wrong_forms)
        expect_in_order(scene, form);
}

TEST(ErrorOrder, IsLookedAtInEveryFormThatCanHaveSeveralWrongFields)
{
    guards::Scene scene;
    std::size_t found = 0;
    for (const guards::RouteRow& row : guards::route_rows()) {
        if (row.method != http::Method::Post || most_wrong_fields(scene, row) < 2)
            continue;
        ++found;
        EXPECT_EQ(std::ranges::count(wrong_forms, row.pattern, &WrongForm::pattern), 1)
            << row.pattern << " can have several wrong fields: add it to wrong_forms";
    }
    EXPECT_EQ(found, wrong_forms.size());
}

} // namespace
