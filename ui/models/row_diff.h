// SPDX-FileCopyrightText: The Coffer developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QSet>

#include <type_traits>
#include <vector>

namespace coffer::ui {

/// What the row helpers need of a model: the protected change notifications of Qt.
template <typename Model>
class RowChanges : public Model
{
public:
    using Model::Model;

protected:
    /// Turns `rows` into `wanted` with the smallest announcements that are simple: rows that are
    /// gone are removed, new ones inserted, moved ones moved, changed ones repainted. Keeps
    /// selection and scroll position.
    template <typename Row, typename Key>
    void applyRows(std::vector<Row>& rows, std::vector<Row> wanted, Key key)
    {
        QSet<std::decay_t<decltype(key(wanted.front()))>> stay;
        for (const Row& row : wanted)
            stay.insert(key(row));
        for (std::size_t i = rows.size(); i-- > 0;) {
            if (!stay.contains(key(rows[i]))) {
                this->beginRemoveRows({}, int(i), int(i));
                rows.erase(rows.begin() + std::ptrdiff_t(i));
                this->endRemoveRows();
            }
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            std::size_t at = i;
            while (at < rows.size() && !(key(rows[at]) == key(wanted[i])))
                ++at;
            if (at >= rows.size()) {
                this->beginInsertRows({}, int(i), int(i));
                rows.insert(rows.begin() + std::ptrdiff_t(i), wanted[i]);
                this->endInsertRows();
                continue;
            }
            if (at != i) {
                this->beginMoveRows({}, int(at), int(at), {}, int(i));
                Row moved = std::move(rows[at]);
                rows.erase(rows.begin() + std::ptrdiff_t(at));
                rows.insert(rows.begin() + std::ptrdiff_t(i), std::move(moved));
                this->endMoveRows();
            }
            rows[i] = wanted[i];
        }
        if (!rows.empty())
            Q_EMIT this->dataChanged(this->index(0, 0),
                                     this->index(int(rows.size()) - 1, this->columnCount({}) - 1));
    }
};

} // namespace coffer::ui
