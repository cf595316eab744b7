// Every form that is wholly wrong: its errors come in the order of its fields, so that nobody jumps up and down the
// page.

#include "guards/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

namespace {

using support::Client;

struct WrongForm
{
    std::string_view path;
    Client::Fields fields;
};

const std::string too_long(6000, 'a');

const std::vector<WrongForm> of_customers = {
    {"/service/create/", {{"account", "other"}, {"address", too_long}, {"phone", "call me"}}},
    {"/account/contact/", {{"phone", "call me"}, {"email", "mei"}, {"version", "1"}}},
};

const std::vector<WrongForm> of_the_desk = {
    {"/admin/requests/create/", {{"name", too_long}, {"phone", "call me"}, {"customer", "nobody"},
                                    {"address", too_long}, {"description", ""}, {"note", too_long}}},
    {"/admin/users/create/",
        {{"first_name", too_long}, {"last_name", too_long}, {"email", "mei"}, {"phone", "call me"}}},
    {"/admin/accounts/create/", {{"number", "-"}, {"address", ""}, {"phone", "call me"}}},
};

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

void expect_in_order(Client& client, const WrongForm& form)
{
    const auto answer = client.post(std::string(form.path), form.fields);
    ASSERT_EQ(answer.status, 422) << form.path;
    const std::vector<std::string> fields = linked_fields(answer.body);
    std::vector<std::size_t> places;
    for (const std::string& field : fields)
        places.push_back(answer.body.find(" id=\"" + field + "\""));
    EXPECT_GE(fields.size(), 2U) << form.path;
    EXPECT_TRUE(std::ranges::is_sorted(places)) << form.path << ": " << testing::PrintToString(fields);
    EXPECT_EQ(std::ranges::count(places, std::string::npos), 0) << form.path << ": a link leads nowhere";
}

TEST(ErrorOrder, IsThatOfTheFieldsInEveryForm)
{
    guards::Scene scene;
    Client mei = scene.client(2);
    for (const WrongForm& form : of_customers)
        expect_in_order(mei, form);
    Client ada = scene.client(5);
    for (const WrongForm& form : of_the_desk)
        expect_in_order(ada, form);
}

} // namespace
