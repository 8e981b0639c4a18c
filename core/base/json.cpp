// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/json.h"

#include <cmath>
#include <unordered_set>

namespace coffer::base {

namespace {

/// Builds the value event by event, because nlohmann's own parser keeps the last of two equal keys,
/// turns an integer beyond 64 bits into a double and accepts any depth.
class StrictBuilder final : public nlohmann::json_sax<Json>
{
public:
    explicit StrictBuilder(int maxDepth)
        : m_maxDepth(static_cast<std::size_t>(maxDepth))
    {
    }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return add(value); }
    bool number_unsigned(number_unsigned_t value) override { return add(value); }

    bool number_float(number_float_t value, const string_t& text) override
    {
        // Only digits: the text carries the locale's decimal point, which need not be '.'.
        if (text.find_first_not_of("-0123456789") == string_t::npos)
            return fail(ErrorCode::TooLarge, "JSON integer beyond 64 bits");
        if (!std::isfinite(value))
            return fail(ErrorCode::TooLarge, "JSON number beyond a double");
        return add(value);
    }

    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return fail(ErrorCode::Malformed, "JSON with binary data"); }

    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t& value) override
    {
        auto& level = m_levels.back();
        if (!level.keys.insert(value).second)
            return fail(ErrorCode::Malformed, "JSON object with a duplicate key");
        level.key = std::move(value);
        return true;
    }

    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override
    {
        // 406: a number whose exponent no double can hold (nlohmann's numbering).
        if (error.id == 406)
            return fail(ErrorCode::TooLarge, "JSON number beyond a double");
        return fail(ErrorCode::Malformed, "not JSON, at byte " + std::to_string(position));
    }

    Result<Json> take()
    {
        if (m_error)
            return *m_error;
        return std::move(m_root);
    }

private:
    struct Level
    {
        Json value;
        std::string key; // Under which the next value of an object goes.
        std::unordered_set<std::string> keys;
    };

    bool fail(ErrorCode code, std::string detail)
    {
        if (!m_error)
            m_error = Error{code, std::move(detail)};
        return false;
    }

    bool add(Json value)
    {
        if (m_levels.empty()) {
            m_root = std::move(value);
            return true;
        }
        auto& level = m_levels.back();
        if (level.value.is_array())
            level.value.push_back(std::move(value));
        else // Not operator[], which searches: the key is known to be new.
            level.value.get_ref<Json::object_t&>().emplace_back(std::move(level.key),
                                                                std::move(value));
        return true;
    }

    bool open(Json value)
    {
        if (m_levels.size() == m_maxDepth)
            return fail(ErrorCode::TooLarge, "JSON nested too deeply");
        m_levels.push_back({std::move(value), {}, {}});
        return true;
    }

    bool close()
    {
        auto value = std::move(m_levels.back().value);
        m_levels.pop_back();
        return add(std::move(value));
    }

    std::size_t m_maxDepth;
    std::vector<Level> m_levels;
    Json m_root;
    std::optional<Error> m_error;
};

/// The member, or nullptr when there is none.
const Json* memberOf(const Json& object, std::string_view key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(std::string(key));
    return found == object.end() ? nullptr : &*found;
}

Error wrongMember(std::string_view key, const char* wanted)
{
    return Error{ErrorCode::Malformed,
                 "JSON member '" + std::string(key) + "' is not " + std::string(wanted)};
}

bool isAbsent(const Json* member)
{
    return member == nullptr || member->is_null();
}

/// Absent is fine; but a member of something that is no object cannot be read.
Result<void> expectObject(const Json& object, std::string_view key)
{
    if (!object.is_object())
        return wrongMember(key, "inside a JSON object");
    return {};
}

} // namespace

Result<Json> parseJson(std::string_view text, int maxDepth)
{
    ASSERT(maxDepth >= 0);
    // nlohmann takes a NUL for the end of the input and skips a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.starts_with("\xef\xbb\xbf"))
        return Error{ErrorCode::Malformed, "not JSON: NUL or byte order mark"};
    StrictBuilder builder(maxDepth);
    const bool complete = Json::sax_parse(text.begin(), text.end(), &builder);
    auto out = builder.take();
    ASSERT(complete == static_cast<bool>(out));
    return out;
}

Result<std::string> jsonString(const Json& object, std::string_view key)
{
    const auto* member = memberOf(object, key);
    if (member == nullptr || !member->is_string())
        return wrongMember(key, "a string");
    return member->get<std::string>();
}

Result<std::int64_t> jsonInteger(const Json& object, std::string_view key)
{
    const auto* member = memberOf(object, key);
    if (member == nullptr || !member->is_number_integer())
        return wrongMember(key, "an integer");
    if (member->is_number_unsigned() &&
        member->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        return wrongMember(key, "a signed 64-bit integer");
    return member->get<std::int64_t>();
}

Result<bool> jsonBoolean(const Json& object, std::string_view key)
{
    const auto* member = memberOf(object, key);
    if (member == nullptr || !member->is_boolean())
        return wrongMember(key, "a boolean");
    return member->get<bool>();
}

Result<std::optional<std::string>> jsonOptionalString(const Json& object, std::string_view key)
{
    TRY(expectObject(object, key));
    if (isAbsent(memberOf(object, key)))
        return std::optional<std::string>();
    auto value = TRY(jsonString(object, key));
    return std::optional(std::move(value));
}

Result<std::optional<std::int64_t>> jsonOptionalInteger(const Json& object, std::string_view key)
{
    TRY(expectObject(object, key));
    if (isAbsent(memberOf(object, key)))
        return std::optional<std::int64_t>();
    auto value = TRY(jsonInteger(object, key));
    return std::optional(value);
}

Result<std::optional<bool>> jsonOptionalBoolean(const Json& object, std::string_view key)
{
    TRY(expectObject(object, key));
    if (isAbsent(memberOf(object, key)))
        return std::optional<bool>();
    auto value = TRY(jsonBoolean(object, key));
    return std::optional(value);
}

std::string writeJson(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace coffer::base
