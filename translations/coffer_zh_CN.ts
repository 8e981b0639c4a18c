<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>coffer::ui::AccountList</name>
    <message>
        <source>Add your first account to receive money.</source>
        <translation>添加第一个账户即可收款。</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AccountRow</name>
    <message>
        <source>watch-only</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>%1 pending</source>
        <translation>%1 待确认</translation>
    </message>
    <message>
        <source>still looking</source>
        <translation>仍在查找</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AccountSearch</name>
    <message numerus="yes">
        <source>The search is over: this wallet has %n account(s).</source>
        <translation><numerusform>搜索结束：此钱包有 %n 个账户。</numerusform></translation>
    </message>
    <message>
        <source>An account with a history was found</source>
        <translation>找到一个有交易记录的账户</translation>
    </message>
    <message numerus="yes">
        <source>Looking for accounts of these words: %n so far</source>
        <translation><numerusform>正在查找这些助记词的账户：目前 %n 个</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::AccountView</name>
    <message>
        <source>Parts of the account</source>
        <translation>账户的各部分</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>记录(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Coins</source>
        <translation>币(&amp;C)</translation>
    </message>
    <message>
        <source>A&amp;ddresses</source>
        <translation>地址(&amp;D)</translation>
    </message>
    <message>
        <source>De&amp;tails</source>
        <translation>详情(&amp;T)</translation>
    </message>
    <message>
        <source>Spendable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Not yet spendable</source>
        <translation>暂不可用</translation>
    </message>
    <message>
        <source>&amp;Receive</source>
        <translation>接收(&amp;R)</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>A frozen coin is never chosen automatically.</source>
        <translation>冻结的币不会被自动选用。</translation>
    </message>
    <message>
        <source>&amp;Freeze</source>
        <translation>冻结(&amp;F)</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>币</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Copy &amp;public descriptor…</source>
        <translation>复制公开描述符(&amp;P)…</translation>
    </message>
    <message>
        <source>Copy public descriptor</source>
        <translation>复制公开描述符</translation>
    </message>
    <message>
        <source>Watch-only</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Descriptor</source>
        <translation>描述符</translation>
    </message>
    <message>
        <source>Un&amp;freeze</source>
        <translation>解冻(&amp;F)</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>Copy the public descriptor?</source>
        <translation>复制公开描述符？</translation>
    </message>
    <message>
        <source>Whoever has it sees every payment and the balance of this account, for ever. It cannot spend.</source>
        <translation>得到它的人将永远能看到此账户的每一笔付款和余额，但不能花费。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Descriptor copied.</source>
        <translation>描述符已复制。</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Copy the id of the coin</source>
        <translation>复制币的 ID</translation>
    </message>
    <message>
        <source>Id of the coin copied.</source>
        <translation>币的 ID 已复制。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>&amp;Rename	F2</source>
        <translation>重命名(&amp;R)	F2</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AccountsPage</name>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>&amp;All accounts</source>
        <translation>全部账户(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add account</source>
        <translation>添加账户(&amp;A)</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>全部账户</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>交易记录</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>Search movements</source>
        <translation>搜索交易</translation>
    </message>
    <message>
        <source>Search: label, address, amount, date   Ctrl+F</source>
        <translation>搜索：标签、地址、金额、日期   Ctrl+F</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Export as &amp;CSV…	Ctrl+E</source>
        <translation>导出为 CSV(&amp;C)…	Ctrl+E</translation>
    </message>
    <message>
        <source>Export as &amp;JSON…</source>
        <translation>导出为 JSON(&amp;J)…</translation>
    </message>
    <message>
        <source>Export &amp;labels (BIP329)…</source>
        <translation>导出标签（BIP329）(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Import labels (BIP329)…</source>
        <translation>导入标签（BIP329）(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Verify the books</source>
        <translation>核对账簿(&amp;V)</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>BIP329 labels (*.jsonl)</source>
        <translation>BIP329 标签 (*.jsonl)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>导入标签</translation>
    </message>
    <message>
        <source>BIP329 labels (*.jsonl *.json)</source>
        <translation>BIP329 标签 (*.jsonl *.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) taken over.</source>
        <translation><numerusform>已导入 %n 个标签。</numerusform></translation>
    </message>
    <message>
        <source>Verifying the books</source>
        <translation>正在核对账簿</translation>
    </message>
    <message>
        <source>Every entry, proof and balance is computed again…</source>
        <translation>正在重新计算每一条分录、证明和余额…</translation>
    </message>
    <message>
        <source>The books do not hold. Do not spend before this is cleared up.</source>
        <translation>账簿核对不符。查清之前请不要付款。</translation>
    </message>
    <message>
        <source>Difference: %1</source>
        <translation>差额：%1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) exported. The file is not encrypted.</source>
        <translation><numerusform>已导出 %Ln 行。该文件未加密。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The books hold: %Ln entries, difference to the chain 0. Root %1</source>
        <translation><numerusform>账簿无误：%Ln 条分录，与链上差额为 0。根 %1</numerusform></translation>
    </message>
    <message>
        <source>A word, part of an address or id, an amount or a date (%1). Before an amount or a date: &gt; &lt; &gt;= &lt;= = !=. A space or &amp; asks for all, | for one of them; &quot;quoted words&quot; stay together.</source>
        <comment>%1 is a date as it is typed</comment>
        <translation>可输入词语、地址或 ID 的一部分、金额或日期（%1）。金额或日期前可加：&gt; &lt; &gt;= &lt;= = !=。空格或 &amp; 表示全部满足，| 表示满足其一；&quot;引号中的词&quot; 作为整体。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AddAccountView</name>
    <message>
        <source>Public key or descriptor</source>
        <translation>公钥或描述符</translation>
    </message>
    <message>
        <source>Password of the wallet</source>
        <translation>钱包密码</translation>
    </message>
    <message>
        <source>&amp;Add account</source>
        <translation>添加账户(&amp;A)</translation>
    </message>
    <message>
        <source>Kind of account</source>
        <translation>账户类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Savings, business, …</source>
        <translation>储蓄、生意……</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
    <message>
        <source>Watch-only</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>Recommended: low fees, understood everywhere (bc1q…).</source>
        <translation>推荐：手续费低，各处都支持（bc1q…）。</translation>
    </message>
    <message>
        <source>Newest kind, good privacy for later features (bc1p…).</source>
        <translation>最新类型，有利于今后的隐私功能（bc1p…）。</translation>
    </message>
    <message>
        <source>For senders that do not know newer addresses (3…).</source>
        <translation>用于不认识新地址的付款方（3…）。</translation>
    </message>
    <message>
        <source>Oldest kind, highest fees (1…). Only for old wallets.</source>
        <translation>最旧的类型，手续费最高（1…）。仅用于旧钱包。</translation>
    </message>
    <message>
        <source>Sees balances and makes addresses; cannot spend.</source>
        <translation>可查看余额、生成地址，不能花费。</translation>
    </message>
    <message>
        <source>First used in</source>
        <translation>首次使用于</translation>
    </message>
    <message>
        <source>It is new, or I do not know</source>
        <translation>全新账户，或不清楚</translation>
    </message>
    <message>
        <source>Blocks that are older are not searched for its payments.</source>
        <translation>不会在更早的区块中查找其付款。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AddressLabel</name>
    <message>
        <source>No address</source>
        <translation>无地址</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>复制地址(&amp;C)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AddressModel</name>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Fresh</source>
        <translation>未用</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AmountEdit</name>
    <message>
        <source>Do you mean</source>
        <translation>您的意思是</translation>
    </message>
    <message>
        <source>First reading</source>
        <translation>第一种读法</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>第二种读法</translation>
    </message>
    <message>
        <source>This is not an amount.</source>
        <translation>这不是金额。</translation>
    </message>
    <message numerus="yes">
        <source>Too many decimals or too large: %1 has %n decimals.</source>
        <translation><numerusform>小数位过多或数值过大：%1 有 %n 位小数。</numerusform></translation>
    </message>
    <message>
        <source>The amount is in another currency than the account.</source>
        <translation>金额的货币与账户不同。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::AmountFilter</name>
    <message>
        <source>Show amounts</source>
        <translation>按金额筛选</translation>
    </message>
    <message>
        <source>Any amount</source>
        <translation>任何金额</translation>
    </message>
    <message>
        <source>Amounts to show</source>
        <translation>要显示的金额</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>至多</translation>
    </message>
    <message>
        <source>Nothing can be both: the first is larger than the second.</source>
        <translation>不可能同时满足：前一个金额大于后一个。</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>from the lowest to the highest amount</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <comment>the lowest amount</comment>
        <translation>%1 以上</translation>
    </message>
    <message>
        <source>up to %1</source>
        <comment>the highest amount</comment>
        <translation>%1 以下</translation>
    </message>
</context>
<context>
    <name>coffer::ui::BackupDialogs</name>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>This backup is good</source>
        <translation>此备份有效</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Can spend</source>
        <translation>可以花费</translation>
    </message>
    <message>
        <source>Watch-only</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>分录</translation>
    </message>
    <message>
        <source>Scanned up to block</source>
        <translation>已扫描到区块</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back up to</source>
        <translation>备份到</translation>
    </message>
    <message>
        <source>Coffer wallet (*.coffer)</source>
        <translation>Coffer 钱包 (*.coffer)</translation>
    </message>
    <message>
        <source>Back up the wallet</source>
        <translation>备份钱包</translation>
    </message>
    <message>
        <source>The backup is a wallet file with a password of its own. It holds keys, accounts and labels.</source>
        <translation>备份是一个有单独密码的钱包文件，含密钥、账户和标签。</translation>
    </message>
    <message>
        <source>&amp;Back up</source>
        <translation>备份(&amp;B)</translation>
    </message>
    <message>
        <source>Password of the backup (empty: the same)</source>
        <translation>备份的密码（留空则相同）</translation>
    </message>
    <message>
        <source>Password of the backup</source>
        <translation>备份的密码</translation>
    </message>
    <message>
        <source>Check a backup</source>
        <translation>检查备份</translation>
    </message>
    <message>
        <source>Enter the password this backup was made with.</source>
        <translation>请输入制作此备份时的密码。</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>核对(&amp;C)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::BalanceChart</name>
    <message>
        <source>No balance yet.</source>
        <translation>暂无余额。</translation>
    </message>
    <message>
        <source>From %1 to %2, lowest %3, highest %4.</source>
        <translation>从 %1 到 %2，最低 %3，最高 %4。</translation>
    </message>
    <message>
        <source>No movements in this time</source>
        <translation>此期间没有交易</translation>
    </message>
</context>
<context>
    <name>coffer::ui::BalanceTable</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ChangePasswordDialog</name>
    <message>
        <source>&amp;Change password</source>
        <translation>修改密码(&amp;C)</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>Password now</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>Repeat the new password</source>
        <translation>重复新密码</translation>
    </message>
    <message>
        <source>Backups keep the password they were made with.</source>
        <translation>备份仍使用制作时的密码。</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>The two are different.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>The password is changed.</source>
        <translation>密码已修改。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::CodeDialog</name>
    <message>
        <source>QR code for the address %1</source>
        <translation>地址 %1 的二维码</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>coffer::ui::CoinModel</name>
    <message>
        <source>Frozen</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>Unconfirmed</source>
        <translation>未确认</translation>
    </message>
    <message>
        <source>Block %1</source>
        <translation>区块 %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>找零</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Coin</source>
        <translation>币</translation>
    </message>
</context>
<context>
    <name>coffer::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Search for a command, account or setting</source>
        <translation>搜索命令、账户或设置</translation>
    </message>
    <message>
        <source>Type a command, account or setting</source>
        <translation>输入命令、账户或设置</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>匹配的命令</translation>
    </message>
    <message>
        <source>Search in Activity: %1</source>
        <translation>在交易记录中搜索：%1</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ComposeView</name>
    <message>
        <source>From</source>
        <translation>付款账户</translation>
    </message>
    <message>
        <source>From account</source>
        <translation>付款账户</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>What it is for; only you see it</source>
        <translation>用途；只有您能看到</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>手续费</translation>
    </message>
    <message>
        <source>&amp;Advanced: choose coins, several recipients</source>
        <translation>高级：选择币、多个收款人(&amp;A)</translation>
    </message>
    <message>
        <source>Advanced: choose coins, several recipients</source>
        <translation>高级：选择币、多个收款人</translation>
    </message>
    <message>
        <source>Add a &amp;recipient</source>
        <translation>添加收款人(&amp;R)</translation>
    </message>
    <message>
        <source>Add a recipient</source>
        <translation>添加收款人</translation>
    </message>
    <message>
        <source>Coins</source>
        <translation>币</translation>
    </message>
    <message>
        <source>Coins to use</source>
        <translation>要使用的币</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>&amp;Continue to review</source>
        <translation>继续核对(&amp;C)</translation>
    </message>
    <message>
        <source>Continue to review</source>
        <translation>继续核对</translation>
    </message>
    <message>
        <source>Nothing is signed yet. The next step shows exactly what will happen.</source>
        <translation>尚未签名。下一步会准确显示将要发生的事。</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Say whom to pay and how much first.</source>
        <translation>请先填写收款人和金额。</translation>
    </message>
    <message>
        <source>This wallet has no account that can pay.</source>
        <translation>此钱包没有可以付款的账户。</translation>
    </message>
    <message>
        <source>Choose a fee first.</source>
        <translation>请先选择手续费。</translation>
    </message>
    <message>
        <source>%1 spendable</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>The node is still looking: the balance is not known yet.</source>
        <translation>节点仍在查找：余额尚未知。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Fee rate</source>
        <translation>费率</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>chosen automatically</source>
        <translation>自动选择</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation><numerusform>已选 %n 个</numerusform></translation>
    </message>
    <message>
        <source>Amount, about</source>
        <translation>金额（约）</translation>
    </message>
    <message>
        <source>Fee, about</source>
        <translation>手续费（约）</translation>
    </message>
    <message>
        <source>Total, about</source>
        <translation>合计（约）</translation>
    </message>
    <message>
        <source>An estimate: the review shows the exact numbers.</source>
        <translation>这是估算：核对页显示确切数字。</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>This account only watches: its keys are elsewhere. The payment becomes a PSBT, a file for the signer that has them.</source>
        <translation>此账户仅供观察：密钥在别处。付款会变成一个 PSBT 文件，交给持有密钥的签名者。</translation>
    </message>
    <message>
        <source>Sign it &amp;elsewhere: make a PSBT instead</source>
        <translation>在别处签名：改为生成 PSBT(&amp;E)</translation>
    </message>
    <message>
        <source>Sign it elsewhere: make a PSBT instead</source>
        <translation>在别处签名：改为生成 PSBT</translation>
    </message>
    <message>
        <source>watch-only</source>
        <translation>仅观察</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ConfirmDialog</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>coffer::ui::CreateFlow</name>
    <message>
        <source>Repeat the passphrase</source>
        <translation>再次输入附加口令</translation>
    </message>
    <message>
        <source>Enter the passphrase, or go without one.</source>
        <translation>请输入附加口令，或取消勾选。</translation>
    </message>
    <message>
        <source>The two are different.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>1&amp;2 words</source>
        <translation>12 个词(&amp;2)</translation>
    </message>
    <message>
        <source>2&amp;4 words</source>
        <translation>24 个词(&amp;4)</translation>
    </message>
    <message>
        <source>12 words</source>
        <translation>12 个词</translation>
    </message>
    <message>
        <source>24 words</source>
        <translation>24 个词</translation>
    </message>
    <message>
        <source>Add a &amp;passphrase to the words (advanced)</source>
        <translation>为助记词添加附加口令（高级）(&amp;P)</translation>
    </message>
    <message>
        <source>Add a passphrase to the words</source>
        <translation>为助记词添加附加口令</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>附加口令</translation>
    </message>
    <message>
        <source>The words alone will not restore the wallet: this passphrase is needed too. Write it down, but not beside the words.</source>
        <translation>仅凭助记词无法恢复此钱包，还需要这个附加口令。请写下来，但不要与助记词放在一起。</translation>
    </message>
    <message>
        <source>The wallet is being made</source>
        <translation>正在创建钱包</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>&amp;Create wallet</source>
        <translation>创建钱包(&amp;C)</translation>
    </message>
    <message>
        <source>Create wallet</source>
        <translation>创建钱包</translation>
    </message>
    <message>
        <source>Write these words on paper, in this order, and keep it where nobody else looks. They are the wallet: whoever has them has the money, and without them a lost computer is lost money.</source>
        <translation>请把这些词按顺序写在纸上，保存在别人看不到的地方。它们就是钱包：谁拿到谁就拥有这些钱；没有它们，丢了电脑就等于丢了钱。</translation>
    </message>
    <message>
        <source>&amp;Reveal the words</source>
        <translation>显示助记词(&amp;R)</translation>
    </message>
    <message>
        <source>Reveal the words</source>
        <translation>显示助记词</translation>
    </message>
    <message>
        <source>&amp;Hide the words</source>
        <translation>隐藏助记词(&amp;H)</translation>
    </message>
    <message>
        <source>No photograph, no cloud, no message. Nobody who helps you needs them.</source>
        <translation>不要拍照，不要上传云端，不要发消息。任何帮助您的人都不需要它们。</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>以后再说(&amp;L)</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>I have &amp;written them down</source>
        <translation>我已经写好(&amp;W)</translation>
    </message>
    <message>
        <source>I have written them down</source>
        <translation>我已经写好</translation>
    </message>
    <message>
        <source>&amp;Show the words again</source>
        <translation>再看一次助记词(&amp;S)</translation>
    </message>
    <message>
        <source>Show the words again</source>
        <translation>再看一次助记词</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>核对(&amp;C)</translation>
    </message>
    <message>
        <source>The wallet is ready</source>
        <translation>钱包已就绪</translation>
    </message>
    <message>
        <source>Your node fetches the chain in the background. You can receive at once; balances appear as they are proved.</source>
        <translation>您的节点正在后台获取区块链。现在就可以收款；余额在得到证明后显示。</translation>
    </message>
    <message>
        <source>&amp;Look around</source>
        <translation>随便看看(&amp;L)</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>随便看看</translation>
    </message>
    <message>
        <source>&amp;Receive</source>
        <translation>接收(&amp;R)</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>正在创建…</translation>
    </message>
    <message>
        <source>Word number %1 is not the one of this wallet. Compare with your paper.</source>
        <translation>第 %1 个词与此钱包不符。请对照纸上的内容。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::DesktopNotifier</name>
    <message numerus="yes">
        <source>%n new movement(s)</source>
        <translation><numerusform>%n 笔新交易</numerusform></translation>
    </message>
    <message>
        <source>Open Coffer to see them.</source>
        <translation>打开 Coffer 查看。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ErrorTexts</name>
    <message>
        <source>This cannot be read as what it should be. Check it for missing or extra characters.</source>
        <translation>无法识别。请检查是否有缺少或多余的字符。</translation>
    </message>
    <message>
        <source>The checksum does not fit: something was mistyped or damaged. Compare it with the original.</source>
        <translation>校验和不符：可能输错或损坏。请与原文核对。</translation>
    </message>
    <message>
        <source>A number is outside what is allowed here. Change it and try again.</source>
        <translation>数字超出允许范围。请修改后重试。</translation>
    </message>
    <message>
        <source>This is larger than Coffer accepts. Try a smaller file or text.</source>
        <translation>超出 Coffer 接受的大小。请用更小的文件或文字。</translation>
    </message>
    <message>
        <source>This is valid, but Coffer cannot do it here.</source>
        <translation>内容有效，但 Coffer 在此处无法处理。</translation>
    </message>
    <message>
        <source>This belongs to another network. Ask for an address of this wallet&apos;s network.</source>
        <translation>这属于另一个网络。请索取此钱包所在网络的地址。</translation>
    </message>
    <message>
        <source>Coffer asked for something impossible. Please report this.</source>
        <translation>Coffer 提出了不可能的请求。请报告此问题。</translation>
    </message>
    <message>
        <source>It is not there any more. Refresh the page and try again.</source>
        <translation>它已不存在。请刷新页面后重试。</translation>
    </message>
    <message>
        <source>There is already one of that name. Choose another name.</source>
        <translation>已有同名的。请换一个名称。</translation>
    </message>
    <message>
        <source>This was refused by the wallet&apos;s rules. Start again from the first step.</source>
        <translation>被钱包规则拒绝。请从第一步重新开始。</translation>
    </message>
    <message>
        <source>The prepared payment is too old. Prepare it again to see current numbers.</source>
        <translation>准备好的付款已过期。请重新准备以查看当前数字。</translation>
    </message>
    <message>
        <source>This contradicts what is already recorded. Refresh the page and look again.</source>
        <translation>这与已有记录矛盾。请刷新页面再看。</translation>
    </message>
    <message>
        <source>There is not enough spendable money for the amount and its fee. Lower the amount or wait for pending money.</source>
        <translation>可用余额不足以支付金额和手续费。请降低金额或等待待确认的款项。</translation>
    </message>
    <message>
        <source>The amount is too small for the network to pass on. Send a little more.</source>
        <translation>金额太小，网络不会转发。请多发一些。</translation>
    </message>
    <message>
        <source>The fee is far too high, or too low to be passed on. Choose another fee.</source>
        <translation>手续费过高，或低到不会被转发。请选择其他手续费。</translation>
    </message>
    <message>
        <source>Your node has not caught up yet. Wait until it is synced and try again.</source>
        <translation>您的节点尚未追上。请等待同步后重试。</translation>
    </message>
    <message>
        <source>No other node answers. Check the connection or add a peer under Network.</source>
        <translation>没有其他节点应答。请检查连接，或在“网络”中添加节点。</translation>
    </message>
    <message>
        <source>What the other side claims does not hold. It was not believed.</source>
        <translation>对方的说法不成立，未被采信。</translation>
    </message>
    <message>
        <source>This was stopped before it was done.</source>
        <translation>在完成之前已停止。</translation>
    </message>
    <message>
        <source>No answer came in time. Try again.</source>
        <translation>未及时收到应答。请重试。</translation>
    </message>
    <message>
        <source>Coffer is set to offline. Switch the network on under Network.</source>
        <translation>Coffer 处于离线状态。请在“网络”中开启网络。</translation>
    </message>
    <message>
        <source>The password does not open this wallet. Check Caps Lock and the keyboard layout.</source>
        <translation>密码无法打开此钱包。请检查大写锁定和键盘布局。</translation>
    </message>
    <message>
        <source>The password is needed for this.</source>
        <translation>此操作需要密码。</translation>
    </message>
    <message>
        <source>The wallet is locked. Unlock it and try again.</source>
        <translation>钱包已锁定。请解锁后重试。</translation>
    </message>
    <message>
        <source>The wallet file is damaged: its contents do not fit together. Do not write to it; restore from a backup or from the words.</source>
        <translation>钱包文件已损坏：内容不一致。请勿写入；请从备份或助记词恢复。</translation>
    </message>
    <message>
        <source>A newer version of Coffer wrote this. Update Coffer to open it.</source>
        <translation>这是由更新版本的 Coffer 写入的。请更新 Coffer 后打开。</translation>
    </message>
    <message>
        <source>Another program holds this file. Close it there and try again.</source>
        <translation>其他程序正占用此文件。请在那里关闭后重试。</translation>
    </message>
    <message>
        <source>The file or its folder cannot be written. Check its permissions.</source>
        <translation>文件或其文件夹无法写入。请检查权限。</translation>
    </message>
    <message>
        <source>There is no space left on the disk. Free some and try again.</source>
        <translation>磁盘空间不足。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>The system does not allow it. Check the permissions.</source>
        <translation>系统不允许。请检查权限。</translation>
    </message>
    <message>
        <source>The disk or the system failed. Try again, and check the disk if it happens once more.</source>
        <translation>磁盘或系统出错。请重试；若再次发生，请检查磁盘。</translation>
    </message>
    <message>
        <source>The connection failed. Check the network and try again.</source>
        <translation>连接失败。请检查网络后重试。</translation>
    </message>
    <message>
        <source>These keys or this file belong to another wallet.</source>
        <translation>这些密钥或此文件属于另一个钱包。</translation>
    </message>
    <message>
        <source>Coffer found a fault in itself and stopped before doing anything. Please report it with the details.</source>
        <translation>Coffer 发现自身错误，在做任何事之前已停止。请附上详情报告。</translation>
    </message>
    <message>
        <source>No money moved.</source>
        <translation>没有资金变动。</translation>
    </message>
    <message>
        <source>The payment is signed and stored; Activity shows whether it was handed on. Do not pay again before looking there.</source>
        <translation>付款已签名并保存；交易记录会显示是否已广播。查看之前请勿再次付款。</translation>
    </message>
    <message>
        <source>Nothing was sent; no money moved.</source>
        <translation>没有发送任何内容，没有资金变动。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::FeeChooser</name>
    <message>
        <source>sat/vB</source>
        <translation>sat/vB</translation>
    </message>
    <message>
        <source>&amp;Economy</source>
        <translation>经济(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>普通(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Fast</source>
        <translation>快速(&amp;F)</translation>
    </message>
    <message>
        <source>C&amp;ustom</source>
        <translation>自定义(&amp;U)</translation>
    </message>
    <message>
        <source>Fee: %1</source>
        <translation>手续费：%1</translation>
    </message>
    <message>
        <source>Fee rate in sat/vB</source>
        <translation>费率（sat/vB）</translation>
    </message>
    <message>
        <source>A number from %1 on, with at most three decimals.</source>
        <translation>请输入不小于 %1 的数，最多三位小数。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>至少 %1。</translation>
    </message>
    <message>
        <source>from your own node</source>
        <translation>来自您自己的节点</translation>
    </message>
    <message>
        <source>a fallback, not measured</source>
        <translation>备用值，非实测</translation>
    </message>
    <message>
        <source>estimated from recent blocks</source>
        <translation>根据最近区块估算</translation>
    </message>
    <message>
        <source>%1 · within about %2 · %3</source>
        <translation>%1 · 约 %2内 · %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a fee rate and its age</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>No fee estimate yet: your node is still looking at recent blocks.</source>
        <translation>暂无费率估算：您的节点仍在查看最近的区块。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::FindingTexts</name>
    <message>
        <source>This is an address of your own account “%1”.</source>
        <translation>这是您自己的账户“%1”的地址。</translation>
    </message>
    <message numerus="yes">
        <source>paid %n time(s) before</source>
        <translation><numerusform>之前付过 %n 次</numerusform></translation>
    </message>
    <message>
        <source>Known address, %1.</source>
        <translation>已知地址，%1。</translation>
    </message>
    <message>
        <source>Known as “%1”, %2.</source>
        <translation>已知为“%1”，%2。</translation>
    </message>
    <message>
        <source>First payment to this address.</source>
        <translation>首次向此地址付款。</translation>
    </message>
    <message>
        <source>Looks like %1, which you paid before, but differs in the middle. Compare every character with the original source.</source>
        <translation>看起来像您付过款的 %1，但中间不同。请与原始来源逐字核对。</translation>
    </message>
    <message>
        <source>Looks like the address of “%1”, but differs in the middle. Compare every character with the original source.</source>
        <translation>看起来像“%1”的地址，但中间不同。请与原始来源逐字核对。</translation>
    </message>
    <message>
        <source>This is not the address that was copied (%1). A program may have exchanged it.</source>
        <translation>这不是复制的地址（%1）。可能被某个程序替换。</translation>
    </message>
    <message>
        <source>Test money: %1. It has no value.</source>
        <translation>测试货币：%1。没有价值。</translation>
    </message>
    <message>
        <source>Everything goes back to yourself.</source>
        <translation>全部返回给您自己。</translation>
    </message>
    <message numerus="yes">
        <source>Uses %n coin(s) that still wait for a block.</source>
        <translation><numerusform>使用了 %n 个仍在等待入块的币。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>This address was paid %n time(s) before; a fresh one keeps payments apart.</source>
        <translation><numerusform>此地址之前收过 %n 次付款；新地址可以把付款分开。</numerusform></translation>
    </message>
    <message>
        <source>Large amount: %1 % of your balance.</source>
        <translation>金额较大：占余额的 %1 %。</translation>
    </message>
    <message>
        <source>Larger than any payment of the last 30 days (%1).</source>
        <translation>大于最近 30 天的任何付款（%1）。</translation>
    </message>
    <message>
        <source>Too small to be passed on: the least is %1.</source>
        <translation>太小，不会被转发：最低 %1。</translation>
    </message>
    <message>
        <source>High fee: %1 % of the amount.</source>
        <translation>手续费高：占金额的 %1 %。</translation>
    </message>
    <message>
        <source>High fee rate: %1 times what is usual now.</source>
        <translation>费率高：是目前常见水平的 %1 倍。</translation>
    </message>
    <message>
        <source>Finding “%1” (%2).</source>
        <translation>发现“%1”（%2）。</translation>
    </message>
    <message>
        <source>I want to pay myself</source>
        <translation>我要付给自己</translation>
    </message>
    <message>
        <source>I compared the full address with the recipient</source>
        <translation>我已与收款人核对完整地址</translation>
    </message>
    <message>
        <source>I checked that this is the address I meant, although it is not the copied one</source>
        <translation>我已确认这是我要的地址，尽管与复制的不同</translation>
    </message>
    <message>
        <source>I know that this amount may never arrive</source>
        <translation>我知道这笔金额可能永远不会到账</translation>
    </message>
    <message>
        <source>I accept that the fee is a large part of the amount</source>
        <translation>我接受手续费占金额的很大部分</translation>
    </message>
    <message>
        <source>I have read this and want to pay anyway</source>
        <translation>我已阅读，仍要付款</translation>
    </message>
</context>
<context>
    <name>coffer::ui::Format</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>%1 sat/vB</source>
        <comment>fee rate</comment>
        <translation>%1 sat/vB</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation><numerusform>%n 分钟前</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation><numerusform>%n 小时前</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation><numerusform>%n 秒</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation><numerusform>%n 分钟</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation><numerusform>%n 小时</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation><numerusform>%n 天</numerusform></translation>
    </message>
    <message>
        <source>Native SegWit</source>
        <translation>原生隔离见证</translation>
    </message>
    <message>
        <source>Taproot</source>
        <translation>Taproot</translation>
    </message>
    <message>
        <source>Nested SegWit</source>
        <translation>嵌套隔离见证</translation>
    </message>
    <message>
        <source>Legacy</source>
        <translation>传统</translation>
    </message>
    <message>
        <source>Descriptor</source>
        <translation>描述符</translation>
    </message>
    <message>
        <source>Bitcoin</source>
        <translation>比特币</translation>
    </message>
    <message>
        <source>Bitcoin test network (testnet4)</source>
        <translation>比特币测试网络（testnet4）</translation>
    </message>
    <message>
        <source>Bitcoin test network (signet)</source>
        <translation>比特币测试网络（signet）</translation>
    </message>
    <message>
        <source>Local playground (regtest)</source>
        <translation>本地试验场（regtest）</translation>
    </message>
    <message>
        <source>Proved here by your own light node</source>
        <translation>由您自己的轻节点在本机证明</translation>
    </message>
    <message>
        <source>From your own node</source>
        <translation>来自您自己的节点</translation>
    </message>
    <message>
        <source>Several servers agree</source>
        <translation>多个服务器一致</translation>
    </message>
    <message>
        <source>Unproved: one server says so</source>
        <translation>未证明：仅一个服务器声称</translation>
    </message>
    <message>
        <source>From the device</source>
        <translation>来自设备</translation>
    </message>
    <message>
        <source>From the service</source>
        <translation>来自服务</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>尚未知</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>To yourself</source>
        <translation>付给自己</translation>
    </message>
    <message>
        <source>Mined</source>
        <translation>挖矿所得</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>%1/6 confirmed</source>
        <translation>%1/6 确认</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>已最终确认</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>已被替换</translation>
    </message>
    <message>
        <source>In conflict</source>
        <translation>有冲突</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>已被丢弃</translation>
    </message>
    <message>
        <source>Undone by the chain</source>
        <translation>被链撤销</translation>
    </message>
    <message>
        <source>Real money</source>
        <translation>真实货币</translation>
    </message>
    <message>
        <source>Test money</source>
        <translation>测试货币</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>试验场</translation>
    </message>
</context>
<context>
    <name>coffer::ui::HeaderBar</name>
    <message>
        <source>Search or run a command   Ctrl+K</source>
        <translation>搜索或运行命令   Ctrl+K</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或运行命令</translation>
    </message>
    <message>
        <source>Hide amounts</source>
        <translation>隐藏金额</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Lock the wallet</source>
        <translation>锁定钱包</translation>
    </message>
    <message numerus="yes">
        <source>Notifications, %n new</source>
        <translation><numerusform>通知，%n 条新</numerusform></translation>
    </message>
    <message>
        <source>Wallet %1, switch</source>
        <translation>钱包 %1，切换</translation>
    </message>
    <message>
        <source>Add a wallet…</source>
        <translation>添加钱包…</translation>
    </message>
</context>
<context>
    <name>coffer::ui::HistoryModel</name>
    <message>
        <source>Pending</source>
        <translation>待确认</translation>
    </message>
</context>
<context>
    <name>coffer::ui::InlineMessage</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误详情</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>coffer::ui::JobsPopover</name>
    <message>
        <source>Running work</source>
        <translation>正在进行的工作</translation>
    </message>
    <message>
        <source>Progress of the node</source>
        <translation>节点进度</translation>
    </message>
    <message>
        <source>Open Network</source>
        <translation>打开网络页</translation>
    </message>
    <message>
        <source>Checked up to block %1</source>
        <translation>已核对到区块 %1</translation>
    </message>
    <message>
        <source>%1 blocks per second</source>
        <translation>每秒 %1 个区块</translation>
    </message>
    <message>
        <source>Now at %1</source>
        <translation>当前到 %1</translation>
    </message>
    <message>
        <source>About %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>Nothing else is running.</source>
        <translation>没有其他工作在进行。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln block(s) to go</source>
        <translation><numerusform>还剩 %Ln 个区块</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::LimitsDialog</name>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>Every signature of this wallet keeps them, in the window and on the command line. Allowing more needs the password.</source>
        <translation>此钱包的每次签名都遵守限额，无论在窗口还是命令行。放宽限额需要密码。</translation>
    </message>
    <message>
        <source>Most per payment, with its fee</source>
        <translation>单笔上限（含手续费）</translation>
    </message>
    <message>
        <source>Most in 24 hours</source>
        <translation>24 小时上限</translation>
    </message>
    <message>
        <source>Highest fee</source>
        <translation>最高手续费</translation>
    </message>
    <message>
        <source>Highest fee rate (sat/vB)</source>
        <translation>最高费率 (sat/vB)</translation>
    </message>
    <message>
        <source>Only these addresses may be paid</source>
        <translation>只能向这些地址付款</translation>
    </message>
    <message>
        <source>One address a line. Empty: anybody may be paid.</source>
        <translation>每行一个地址。留空：可向任何人付款。</translation>
    </message>
    <message>
        <source>&amp;Freeze: sign nothing until this is off again</source>
        <translation>冻结：关闭之前不签署任何内容(&amp;F)</translation>
    </message>
    <message>
        <source>Freeze: sign nothing until this is off again</source>
        <translation>冻结：关闭之前不签署任何内容</translation>
    </message>
    <message>
        <source>Password of the wallet</source>
        <translation>钱包密码</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Save limits</source>
        <translation>保存限额(&amp;S)</translation>
    </message>
    <message>
        <source>Save limits</source>
        <translation>保存限额</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>In the last 24 hours: %1. Left today: %2.</source>
        <translation>过去 24 小时：%1。今天还可用：%2。</translation>
    </message>
    <message>
        <source>In the last 24 hours: %1.</source>
        <translation>过去 24 小时：%1。</translation>
    </message>
    <message>
        <source>This is no amount yet. Nothing was changed.</source>
        <translation>这还不是有效金额。未作任何更改。</translation>
    </message>
    <message>
        <source>There is always a highest fee: enter one.</source>
        <translation>最高手续费不能为空：请输入。</translation>
    </message>
    <message>
        <source>Write the fee rate as a number of sat/vB, such as 50.</source>
        <translation>请以 sat/vB 数值填写费率，例如 50。</translation>
    </message>
    <message>
        <source>The limits are saved.</source>
        <translation>限额已保存。</translation>
    </message>
    <message>
        <source>This allows more than before: it needs the password.</source>
        <translation>这比之前更宽松：需要密码。</translation>
    </message>
    <message>
        <source>One of the addresses cannot be read, or is of another network. Nothing was changed.</source>
        <translation>有地址无法识别，或属于另一个网络。未作任何更改。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MainWindow</name>
    <message>
        <source>Change the language now?</source>
        <translation>现在切换语言？</translation>
    </message>
    <message>
        <source>The payment you were preparing is not sent and will be forgotten. Otherwise the new language comes with the next start.</source>
        <translation>您正在准备的付款不会发送，并会被丢弃。否则新语言将在下次启动时生效。</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>切换(&amp;C)</translation>
    </message>
    <message>
        <source>Coffer</source>
        <translation>Coffer</translation>
    </message>
    <message>
        <source>%1 – Coffer</source>
        <translation>%1 – Coffer</translation>
    </message>
    <message>
        <source>%1 (locked) – Coffer</source>
        <translation>%1（已锁定）– Coffer</translation>
    </message>
    <message>
        <source>Quit Coffer?</source>
        <translation>退出 Coffer？</translation>
    </message>
    <message>
        <source>Work is still running. It is safe to stop; it starts again from the beginning.</source>
        <translation>仍有工作在进行。可以安全停止；之后会从头开始。</translation>
    </message>
    <message>
        <source>The payment you were preparing is not sent and will be forgotten.</source>
        <translation>您正在准备的付款尚未发送，将被丢弃。</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MaskNote</name>
    <message>
        <source>Discreet mode hides the amounts. They have to be seen before anything is signed.</source>
        <translation>隐私模式隐藏了金额。签名之前必须先看到金额。</translation>
    </message>
    <message>
        <source>Show for &amp;this payment</source>
        <translation>仅此付款显示(&amp;T)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementDelegate</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementDrawer</name>
    <message>
        <source>Details of the movement</source>
        <translation>交易详情</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>Close the details (Esc)</source>
        <translation>关闭详情 (Esc)</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>What it was for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>&amp;Raise the fee</source>
        <translation>提高手续费(&amp;R)</translation>
    </message>
    <message>
        <source>Raise the fee</source>
        <translation>提高手续费</translation>
    </message>
    <message>
        <source>Cancel &amp;payment</source>
        <translation>取消付款(&amp;P)</translation>
    </message>
    <message>
        <source>Cancel payment</source>
        <translation>取消付款</translation>
    </message>
    <message>
        <source>Pays it back to yourself with a higher fee, while it is unconfirmed</source>
        <translation>在未确认之前，以更高的手续费付回给自己</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>手续费</translation>
    </message>
    <message>
        <source>Fee rate</source>
        <translation>费率</translation>
    </message>
    <message>
        <source>Confirmations</source>
        <translation>确认数</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>Transaction id</source>
        <translation>交易 ID</translation>
    </message>
    <message>
        <source>Transaction id copied.</source>
        <translation>交易 ID 已复制。</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Copy the transaction id</source>
        <translation>复制交易 ID</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>back to you</source>
        <translation>返回给您</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Entries in the books</source>
        <translation>账簿分录</translation>
    </message>
    <message>
        <source>Copy raw transaction</source>
        <translation>复制原始交易</translation>
    </message>
    <message>
        <source>Raw transaction copied.</source>
        <translation>原始交易已复制。</translation>
    </message>
    <message>
        <source>Copy the address %1</source>
        <translation>复制地址 %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>No address</source>
        <translation>没有地址</translation>
    </message>
    <message>
        <source>Amount not known here</source>
        <translation>此处不知道金额</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>Copy the coin %1</source>
        <translation>复制币 %1</translation>
    </message>
    <message>
        <source>Id of the coin copied.</source>
        <translation>币的 ID 已复制。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementFilterBar</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>显示：%1</translation>
    </message>
    <message>
        <source>Show an account</source>
        <translation>显示账户</translation>
    </message>
    <message>
        <source>Show a time</source>
        <translation>显示时间段</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>所有账户</translation>
    </message>
    <message>
        <source>Show a type</source>
        <translation>按类型筛选</translation>
    </message>
    <message>
        <source>Show a currency</source>
        <translation>按币种筛选</translation>
    </message>
    <message>
        <source>Any type</source>
        <translation>任何类型</translation>
    </message>
    <message>
        <source>All currencies</source>
        <translation>所有币种</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementKeys</name>
    <message>
        <source>Transaction id copied.</source>
        <translation>交易 ID 已复制。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementList</name>
    <message>
        <source>Movements</source>
        <translation>交易</translation>
    </message>
    <message>
        <source>Nothing has moved yet. Payments appear here within seconds.</source>
        <translation>还没有交易。付款会在几秒内显示在这里。</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>No movement fits the search and the filters.</source>
        <translation>没有符合搜索和筛选条件的交易。</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <comment>movements above those that are seen</comment>
        <translation><numerusform>%n 条新记录</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::NetworkLogModel</name>
    <message>
        <source>Fetch the chain</source>
        <translation>获取区块链</translation>
    </message>
    <message>
        <source>Hand on a payment</source>
        <translation>广播付款</translation>
    </message>
    <message>
        <source>Watch for payments</source>
        <translation>留意付款</translation>
    </message>
    <message>
        <source>Find nodes</source>
        <translation>寻找节点</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>直连</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>已阻止</translation>
    </message>
    <message>
        <source>Your IP address</source>
        <translation>您的 IP 地址</translation>
    </message>
    <message>
        <source>Your IP address and the payment</source>
        <translation>您的 IP 地址和该付款</translation>
    </message>
    <message>
        <source>The payment</source>
        <translation>该付款</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>What they learn</source>
        <translation>对方得知</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>coffer::ui::NetworkPage</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Use the &amp;network</source>
        <translation>使用网络(&amp;N)</translation>
    </message>
    <message>
        <source>Use the network</source>
        <translation>使用网络</translation>
    </message>
    <message>
        <source>Parts of the page</source>
        <translation>页面的各部分</translation>
    </message>
    <message>
        <source>&amp;Peers</source>
        <translation>节点(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>Progress of the node</source>
        <translation>节点进度</translation>
    </message>
    <message>
        <source>Look again since</source>
        <translation>重新查找的起始时间</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 年起</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>重新查找(&amp;A)</translation>
    </message>
    <message>
        <source>Look again for older payments</source>
        <translation>重新查找较早的付款</translation>
    </message>
    <message>
        <source>Looks for older payments of this wallet</source>
        <translation>查找此钱包较早的付款</translation>
    </message>
    <message>
        <source>What peers learn about you: your IP address, and that somebody there uses Bitcoin. They do not learn your addresses: your node fetches filters and looks at home.</source>
        <translation>其他节点能得知：您的 IP 地址，以及那里有人在用比特币。它们不知道您的地址：您的节点下载过滤器，在本机查找。</translation>
    </message>
    <message>
        <source>Your own node</source>
        <translation>您自己的节点</translation>
    </message>
    <message>
        <source>Your own node, host and port</source>
        <translation>您自己的节点，主机和端口</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>Add your own node</source>
        <translation>添加您自己的节点</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Remove the chosen node</source>
        <translation>移除所选节点</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Every connection that left this computer, newest first.</source>
        <translation>从本机发出的每一个连接，最新的在前。</translation>
    </message>
    <message>
        <source>Network log</source>
        <translation>网络日志</translation>
    </message>
    <message>
        <source>Checked up to block</source>
        <translation>已核对到区块</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>区块头</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>过滤器</translation>
    </message>
    <message>
        <source>Newest block</source>
        <translation>最新区块</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>直连</translation>
    </message>
    <message>
        <source>Write the node as host and port, for example 192.168.1.20:8333.</source>
        <translation>请按“主机:端口”填写节点，例如 192.168.1.20:8333。</translation>
    </message>
    <message>
        <source>Node added. It is trusted only as your own.</source>
        <translation>节点已添加，仅作为您自己的节点受信任。</translation>
    </message>
    <message>
        <source>Node removed.</source>
        <translation>节点已移除。</translation>
    </message>
    <message>
        <source>Looking again; the pill at the top shows how far.</source>
        <translation>正在重新查找；顶部的状态会显示进度。</translation>
    </message>
    <message>
        <source>What peers learn about you: that somebody behind this proxy uses Bitcoin. They do not learn your IP address unless the proxy tells it, and never your addresses: your node fetches filters and looks at home.</source>
        <translation>其他节点能得知：此代理背后有人在用比特币。除非代理泄露，它们不知道您的 IP 地址，也绝不会知道您的地址：您的节点下载过滤器，在本机查找。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::NewWalletFields</name>
    <message>
        <source>Name of the wallet</source>
        <translation>钱包名称</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Repeat the password</source>
        <translation>重复密码</translation>
    </message>
    <message>
        <source>Give the wallet a name.</source>
        <translation>请为钱包取个名字。</translation>
    </message>
    <message>
        <source>The name becomes a file name: no slashes, and no dot at its start.</source>
        <translation>名称将用作文件名：不能含斜杠，也不能以点开头。</translation>
    </message>
    <message>
        <source>There is already a wallet of that name.</source>
        <translation>已有同名钱包。</translation>
    </message>
    <message>
        <source>It protects the wallet on this computer. There is no reset: whoever forgets it needs the recovery words.</source>
        <translation>它保护这台电脑上的钱包。无法重置：忘记密码就需要助记词。</translation>
    </message>
    <message>
        <source>Weak: short passwords are guessed in minutes. Several words are better.</source>
        <translation>弱：短密码几分钟就能被猜出。用几个词更好。</translation>
    </message>
    <message>
        <source>Fair. A longer one is safer.</source>
        <translation>一般。更长更安全。</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>良好。</translation>
    </message>
    <message>
        <source>Choose a password first. Several words are good.</source>
        <translation>请先设置密码，最好由几个词组成。</translation>
    </message>
    <message>
        <source>Type it once more, so that a slip shows now.</source>
        <translation>请再输入一次，以便现在就发现输错。</translation>
    </message>
    <message>
        <source>The two are different.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
</context>
<context>
    <name>coffer::ui::NodeNote</name>
    <message>
        <source>Coffer is offline. A payment to this address shows once the network is switched on again.</source>
        <translation>Coffer 处于离线状态。重新接通网络后，付到此地址的款项才会显示。</translation>
    </message>
    <message>
        <source>There is no connection yet. A payment to this address shows once other nodes are reached.</source>
        <translation>尚无连接。连上其他节点后，付到此地址的款项才会显示。</translation>
    </message>
    <message>
        <source>Still syncing (%1 %). Payments in the blocks that are missing do not show yet.</source>
        <translation>仍在同步（%1 %）。缺失区块中的付款暂不显示。</translation>
    </message>
    <message>
        <source>Coffer is offline. What you sign now waits, and goes out once the network is switched on again.</source>
        <translation>Coffer 处于离线状态。现在签名的付款会等待，重新接通网络后发出。</translation>
    </message>
    <message>
        <source>There is no connection yet. What you sign now waits, and goes out once other nodes are reached.</source>
        <translation>尚无连接。现在签名的付款会等待，连上其他节点后发出。</translation>
    </message>
    <message>
        <source>Still syncing (%1 %). Money that came in lately may be missing from what you can spend.</source>
        <translation>仍在同步（%1 %）。最近收到的钱可能尚未计入可用余额。</translation>
    </message>
    <message>
        <source>Coffer is offline: nobody has this payment yet. It goes out once the network is switched on again.</source>
        <translation>Coffer 处于离线状态：还没有人收到这笔付款。重新接通网络后发出。</translation>
    </message>
    <message>
        <source>There is no connection: nobody has this payment yet. It goes out once other nodes are reached.</source>
        <translation>没有连接：还没有人收到这笔付款。连上其他节点后发出。</translation>
    </message>
    <message>
        <source>Still syncing (%1 %): nobody has this payment yet.</source>
        <translation>仍在同步（%1 %）：还没有人收到这笔付款。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::NodeTexts</name>
    <message>
        <source>%1 %2 %</source>
        <comment>stage and per cent</comment>
        <translation>%1 %2 %</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>节点不一致</translation>
    </message>
    <message>
        <source>Proxy is down</source>
        <translation>代理无应答</translation>
    </message>
    <message>
        <source>No peer</source>
        <translation>无节点</translation>
    </message>
    <message>
        <source>Other chain</source>
        <translation>其他链</translation>
    </message>
    <message>
        <source>Clock is wrong</source>
        <translation>时钟有误</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>落后</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>区块头</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>过滤器</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Synced</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>Coffer is offline because you switched the network off. Balances are as old as their mark says; nothing can be sent.</source>
        <translation>您关闭了网络，Coffer 处于离线状态。余额的时间以标记为准；无法发送。</translation>
    </message>
    <message>
        <source>The proxy does not answer. Nothing goes around it. Start it (Tor, for example), or change it in the settings.</source>
        <translation>代理没有应答。任何连接都不会绕过它。请启动代理（例如 Tor），或在设置中更改。</translation>
    </message>
    <message>
        <source>No other node answers. Balances may be old. Check the connection, or add a peer you know.</source>
        <translation>没有其他节点应答。余额可能已过时。请检查连接，或添加您认识的节点。</translation>
    </message>
    <message>
        <source>The peers are on another chain than this wallet. They were not believed; your money is not affected.</source>
        <translation>对方节点在另一条链上。它们未被采信；您的资金不受影响。</translation>
    </message>
    <message>
        <source>The clock of this computer differs from the network. Set it right, then Coffer goes on by itself.</source>
        <translation>本机时钟与网络不同。请校正，Coffer 会自动继续。</translation>
    </message>
    <message>
        <source>There has been no new block for a long time. The connection may be cut off; balances may be old.</source>
        <translation>很久没有新区块。连接可能被切断；余额可能已过时。</translation>
    </message>
    <message>
        <source>Peers disagree about the chain. Coffer checks the evidence before it believes either; wait before you pay.</source>
        <translation>节点对链的看法不一致。Coffer 会先核查证据再采信；请等待后再付款。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::NotificationCentre</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear notifications</source>
        <translation>清除通知</translation>
    </message>
    <message>
        <source>Nothing new.</source>
        <translation>没有新通知。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>查看：%1</translation>
    </message>
</context>
<context>
    <name>coffer::ui::OpenFileFlow</name>
    <message>
        <source>This is not the password of this file. A backup has the password that was chosen when it was made.</source>
        <translation>这不是此文件的密码。备份的密码是制作备份时所选的那个。</translation>
    </message>
    <message>
        <source>This is no wallet file of Coffer, or it is damaged. Try another backup, or restore from the words.</source>
        <translation>这不是 Coffer 的钱包文件，或者文件已损坏。请尝试其他备份，或用助记词恢复。</translation>
    </message>
    <message>
        <source>This wallet belongs to another network: real bitcoin and test networks are kept apart.</source>
        <translation>此钱包属于另一个网络：真实比特币与测试网络互不相通。</translation>
    </message>
    <message>
        <source>There is no such file. Choose it again.</source>
        <translation>没有这个文件。请重新选择。</translation>
    </message>
    <message>
        <source>Another program has this wallet open. Close it there first.</source>
        <translation>另一个程序正在使用此钱包。请先在那里关闭它。</translation>
    </message>
    <message>
        <source>This very wallet is here already. Open it from the list of wallets.</source>
        <translation>这个钱包已经在这里了。请从钱包列表中打开它。</translation>
    </message>
    <message>
        <source>&amp;Open wallet</source>
        <translation>打开钱包(&amp;O)</translation>
    </message>
    <message>
        <source>Open wallet</source>
        <translation>打开钱包</translation>
    </message>
    <message>
        <source>Coffer checks the whole file and copies it to its own folder. The file itself stays as it is.</source>
        <translation>Coffer 会检查整个文件并将其复制到自己的文件夹。原文件保持不变。</translation>
    </message>
    <message>
        <source>Wallet file or backup</source>
        <translation>钱包文件或备份</translation>
    </message>
    <message>
        <source>Choose a .coffer file, or drop it here</source>
        <translation>选择 .coffer 文件，或拖放到这里</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>选择(&amp;C)…</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Name of the wallet</source>
        <translation>钱包名称</translation>
    </message>
    <message>
        <source>Password of the file</source>
        <translation>文件的密码</translation>
    </message>
    <message>
        <source>The file is being checked</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Open a wallet file or backup</source>
        <translation>打开钱包文件或备份</translation>
    </message>
    <message>
        <source>Coffer wallet (*.coffer)</source>
        <translation>Coffer 钱包 (*.coffer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Choose the file first.</source>
        <translation>请先选择文件。</translation>
    </message>
    <message>
        <source>Enter the password of the file.</source>
        <translation>请输入文件的密码。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Total balance</source>
        <translation>总余额</translation>
    </message>
    <message>
        <source>Click to change how amounts are shown</source>
        <translation>点击切换金额显示方式</translation>
    </message>
    <message>
        <source>&amp;Receive</source>
        <translation>接收(&amp;R)</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Balance over time</source>
        <translation>余额走势</translation>
    </message>
    <message>
        <source>1D</source>
        <comment>one day</comment>
        <translation>1 天</translation>
    </message>
    <message>
        <source>1W</source>
        <comment>one week</comment>
        <translation>1 周</translation>
    </message>
    <message>
        <source>1M</source>
        <comment>one month</comment>
        <translation>1 月</translation>
    </message>
    <message>
        <source>1Y</source>
        <comment>one year</comment>
        <translation>1 年</translation>
    </message>
    <message>
        <source>All</source>
        <comment>whole time</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>One day</source>
        <translation>一天</translation>
    </message>
    <message>
        <source>One week</source>
        <translation>一周</translation>
    </message>
    <message>
        <source>One month</source>
        <translation>一个月</translation>
    </message>
    <message>
        <source>One year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>Whole time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>All accounts</source>
        <translation>全部账户</translation>
    </message>
    <message>
        <source>Latest movements</source>
        <translation>最近交易</translation>
    </message>
    <message>
        <source>All activity</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>Nothing has moved yet. Payments appear here within seconds.</source>
        <translation>还没有交易。付款会在几秒内显示在这里。</translation>
    </message>
    <message>
        <source>Total balance, at least: still looking</source>
        <translation>总余额至少为：仍在查找</translation>
    </message>
    <message>
        <source>Total balance %1, %2</source>
        <translation>总余额 %1，%2</translation>
    </message>
    <message>
        <source>%1 pending</source>
        <translation>%1 待确认</translation>
    </message>
    <message>
        <source>The recovery words are not written down yet. Without them, a lost computer is lost money.</source>
        <translation>助记词还没有写下来。没有它们，丢了电脑就等于丢了钱。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>This wallet file is older than what this computer has seen. Nothing is sent until the node has caught up.</source>
        <translation>此钱包文件比本机见过的旧。节点追上之前不会发送任何付款。</translation>
    </message>
    <message>
        <source>A payment has been waiting for a block since %1.</source>
        <translation>有一笔付款自 %1 起等待入块。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在载入…</translation>
    </message>
    <message>
        <source>Balance over time as a table</source>
        <translation>余额走势表</translation>
    </message>
    <message>
        <source>Show as a table</source>
        <translation>以表格显示</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PassphraseEdit</name>
    <message>
        <source>Show what is typed in %1</source>
        <translation>显示“%1”中输入的内容</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>显示输入内容</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>大写锁定已开启</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PasswordDialog</name>
    <message>
        <source>Password of the wallet</source>
        <translation>钱包密码</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PeerModel</name>
    <message>
        <source>%1 (yours)</source>
        <translation>%1（您的）</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>直连</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>软件</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>线路</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PhraseFields</name>
    <message>
        <source>Recovery words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>Language of the words</source>
        <translation>助记词的语言</translation>
    </message>
    <message>
        <source>These words have a &amp;passphrase</source>
        <translation>这些助记词有附加口令(&amp;P)</translation>
    </message>
    <message>
        <source>These words have a passphrase</source>
        <translation>这些助记词有附加口令</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>附加口令</translation>
    </message>
    <message numerus="yes">
        <source>%n words, all of them in the list.</source>
        <translation><numerusform>%n 个词，全部在词表中。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.</source>
        <translation><numerusform>输入助记词，每个词后按空格：12、15、18、21 或 24 个。目前：%n 个。</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtActions</name>
    <message>
        <source>Co&amp;mbine with</source>
        <translation>合并(&amp;M)</translation>
    </message>
    <message>
        <source>Save as &amp;file…</source>
        <translation>保存为文件(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>Show as &amp;QR code</source>
        <translation>显示二维码(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>F&amp;inalise</source>
        <translation>完成定稿(&amp;I)</translation>
    </message>
    <message>
        <source>B&amp;roadcast</source>
        <translation>广播(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Sign…</source>
        <translation>签名(&amp;S)…</translation>
    </message>
    <message>
        <source>Adds the signatures of another copy of this transaction</source>
        <translation>加入这笔交易另一份副本中的签名</translation>
    </message>
    <message>
        <source>Closes what has all its signatures; nothing is sent</source>
        <translation>为签名齐全的部分定稿；不会发送任何内容</translation>
    </message>
    <message>
        <source>Everything is final already.</source>
        <translation>所有部分都已定稿。</translation>
    </message>
    <message>
        <source>No coin has all its signatures yet.</source>
        <translation>还没有哪个币的签名已经齐全。</translation>
    </message>
    <message>
        <source>No signature is missing.</source>
        <translation>签名已经齐全。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtCodeDialog</name>
    <message>
        <source>PSBT as a code</source>
        <translation>PSBT 二维码</translation>
    </message>
    <message>
        <source>QR code of the PSBT</source>
        <translation>PSBT 的二维码</translation>
    </message>
    <message>
        <source>Base64 in one code. It holds no secret, but it tells whoever sees it what you pay.</source>
        <translation>一个二维码中的 Base64。其中没有秘密，但看到它的人会知道您付了什么。</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtFacts</name>
    <message>
        <source>in a block</source>
        <translation>已在区块中</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>complete: %1</source>
        <translation>已齐全：%1</translation>
    </message>
    <message>
        <source>not from this wallet</source>
        <translation>不来自此钱包</translation>
    </message>
    <message>
        <source>several of your accounts</source>
        <translation>您的多个账户</translation>
    </message>
    <message>
        <source>From</source>
        <translation>付款账户</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>Your change</source>
        <translation>您的找零</translation>
    </message>
    <message>
        <source>Back to you</source>
        <translation>回到您手中</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>收款人 %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more output(s)</source>
        <translation><numerusform>以及另外 %n 个输出</numerusform></translation>
    </message>
    <message>
        <source>Script copied.</source>
        <translation>脚本已复制。</translation>
    </message>
    <message>
        <source>Address copied.</source>
        <translation>地址已复制。</translation>
    </message>
    <message>
        <source>data, paid to nobody</source>
        <translation>数据，不付给任何人</translation>
    </message>
    <message>
        <source>an unusual script: Coffer cannot say who it pays</source>
        <translation>不常见的脚本：Coffer 无法说明付给谁</translation>
    </message>
    <message>
        <source>Network fee</source>
        <translation>网络手续费</translation>
    </message>
    <message>
        <source>Comes into your wallet</source>
        <translation>进入您的钱包</translation>
    </message>
    <message>
        <source>Leaves your wallet</source>
        <translation>离开您的钱包</translation>
    </message>
    <message>
        <source>unknown, like the coins that go in</source>
        <translation>未知，因为投入的币未知</translation>
    </message>
    <message>
        <source>Balance after</source>
        <translation>之后余额</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Transaction id</source>
        <translation>交易 ID</translation>
    </message>
    <message>
        <source>Transaction id copied.</source>
        <translation>交易 ID 已复制。</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>它做什么</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtInputs</name>
    <message>
        <source>Coins that go in</source>
        <translation>投入的币</translation>
    </message>
    <message numerus="yes">
        <source>and %n more coin(s)</source>
        <translation><numerusform>以及另外 %n 个币</numerusform></translation>
    </message>
    <message>
        <source>yours</source>
        <translation>您的</translation>
    </message>
    <message>
        <source>somebody else&apos;s</source>
        <translation>他人的</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>amount unknown</source>
        <translation>金额未知</translation>
    </message>
    <message>
        <source>not proved</source>
        <translation>未经证明</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>已签名</translation>
    </message>
    <message>
        <source>%1 of %2 signed</source>
        <comment>signatures</comment>
        <translation>已签名 %1/%2</translation>
    </message>
    <message>
        <source>not signed</source>
        <translation>未签名</translation>
    </message>
    <message>
        <source>Address copied.</source>
        <translation>地址已复制。</translation>
    </message>
    <message>
        <source>Coin copied.</source>
        <translation>币的标识已复制。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtSource</name>
    <message>
        <source>From a &amp;file…</source>
        <translation>从文件(&amp;F)…</translation>
    </message>
    <message>
        <source>From the &amp;clipboard</source>
        <translation>从剪贴板(&amp;C)</translation>
    </message>
    <message>
        <source>Open a PSBT</source>
        <translation>打开 PSBT</translation>
    </message>
    <message>
        <source>Partially signed transactions (*.psbt *.txt)</source>
        <translation>部分签名的交易 (*.psbt *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtTexts</name>
    <message>
        <source>The wallet is locked.</source>
        <translation>钱包已锁定。</translation>
    </message>
    <message>
        <source>It spends coins of several of your accounts. Coffer signs for one account at a time: make one transaction for each.</source>
        <translation>它花费您多个账户的币。Coffer 每次只为一个账户签名：请为每个账户各做一笔交易。</translation>
    </message>
    <message>
        <source>What is marked as a danger forbids it.</source>
        <translation>标为危险的内容不允许这样做。</translation>
    </message>
    <message>
        <source>A coin of yours that it spends was spent by something else.</source>
        <translation>它要花费的您的一个币已在别处花掉。</translation>
    </message>
    <message>
        <source>It spends a coin that you froze. Unfreeze it under Accounts, Coins.</source>
        <translation>它花费您冻结的一个币。请在“账户”的“币”中解冻。</translation>
    </message>
    <message>
        <source>Another payment holds a coin that it spends. Let go of that payment first.</source>
        <translation>另一笔付款占用了它要花费的币。请先放弃那笔付款。</translation>
    </message>
    <message>
        <source>The wallet is still looking for its coins. Wait until it is synced.</source>
        <translation>钱包仍在查找自己的币。请等待同步完成。</translation>
    </message>
    <message>
        <source>This transaction was handed to the network already.</source>
        <translation>这笔交易已经交给网络。</translation>
    </message>
    <message>
        <source>This transaction is in a block already.</source>
        <translation>这笔交易已在区块中。</translation>
    </message>
    <message>
        <source>The wallet refuses it.</source>
        <translation>钱包拒绝这样做。</translation>
    </message>
    <message>
        <source>No coin of this wallet goes in.</source>
        <translation>其中没有此钱包的币。</translation>
    </message>
    <message>
        <source>This account only watches: its keys are elsewhere. Hand the file to the signer that has them.</source>
        <translation>此账户仅供观察：密钥在别处。请把文件交给持有密钥的签名者。</translation>
    </message>
    <message>
        <source>Your signatures are in it.</source>
        <translation>其中已有您的签名。</translation>
    </message>
    <message>
        <source>It does not prove what others put in, so its fee could be a lie. Ask whoever made it to add the previous transactions.</source>
        <translation>它没有证明他人投入了多少，所以手续费可能是假的。请让制作者加入之前的交易。</translation>
    </message>
    <message>
        <source>No coin of this wallet goes in: it is for the others to send.</source>
        <translation>其中没有此钱包的币：应由他人发送。</translation>
    </message>
    <message>
        <source>Signatures are missing.</source>
        <translation>缺少签名。</translation>
    </message>
    <message>
        <source>Coin %1: the file does not say what it is worth. Ask whoever made it to add it.</source>
        <translation>第 %1 个币：文件没有说明它的金额。请让制作者补上。</translation>
    </message>
    <message>
        <source>Coin %1 is not what its previous transaction says. Do not trust whoever made this.</source>
        <translation>第 %1 个币与之前的交易所述不符。请勿信任制作者。</translation>
    </message>
    <message>
        <source>Coin %1: nothing proves what it is worth; it may be more, and go into the fee.</source>
        <translation>第 %1 个币：没有什么能证明它的金额；实际可能更多，多出的部分会成为手续费。</translation>
    </message>
    <message>
        <source>Coin %1 asks for a signature that does not cover the whole payment. Others could change it afterwards.</source>
        <translation>第 %1 个币要求的签名没有覆盖整笔付款。他人之后可以更改它。</translation>
    </message>
    <message>
        <source>Output %1 says that it comes back to you, but it does not. Do not trust whoever made this.</source>
        <translation>第 %1 个输出声称会回到您手中，其实不会。请勿信任制作者。</translation>
    </message>
    <message>
        <source>Output %1 comes back to you, but so far ahead that a restore from your words would not find it.</source>
        <translation>第 %1 个输出会回到您手中，但序号太靠后，用助记词恢复时找不到它。</translation>
    </message>
    <message>
        <source>It pays more than goes in: no node would take it.</source>
        <translation>付出的多于投入的：没有节点会接受。</translation>
    </message>
    <message>
        <source>A signature does not hold: no node would take it.</source>
        <translation>有一个签名无效：没有节点会接受。</translation>
    </message>
    <message>
        <source>This transaction belongs to another network than this wallet.</source>
        <translation>这笔交易与此钱包不属于同一网络。</translation>
    </message>
    <message>
        <source>Problem “%1”.</source>
        <translation>问题“%1”。</translation>
    </message>
    <message>
        <source>This is no PSBT: a partially signed transaction as a file, or as base64 or hex text. Nothing was opened.</source>
        <translation>这不是 PSBT：部分签名的交易应为文件，或 base64、十六进制文本。没有打开任何内容。</translation>
    </message>
    <message>
        <source>This PSBT is damaged: a part is missing or was changed. Ask for it again. Nothing was opened.</source>
        <translation>此 PSBT 已损坏：有部分缺失或被更改。请重新索取。没有打开任何内容。</translation>
    </message>
    <message>
        <source>This PSBT is too large: Coffer opens up to 4 MB and 10,000 inputs and outputs. Nothing was opened.</source>
        <translation>此 PSBT 太大：Coffer 最多打开 4 MB 和 10,000 个输入与输出。没有打开任何内容。</translation>
    </message>
    <message>
        <source>This PSBT has a version that Coffer does not know. Nothing was opened.</source>
        <translation>Coffer 不认识此 PSBT 的版本。没有打开任何内容。</translation>
    </message>
    <message>
        <source>This transaction belongs to another network than this wallet. Open it in a wallet of its network. Nothing was opened.</source>
        <translation>这笔交易与此钱包不属于同一网络。请在其所属网络的钱包中打开。没有打开任何内容。</translation>
    </message>
    <message>
        <source>That PSBT is about another transaction. The open one stays as it is.</source>
        <translation>那个 PSBT 是另一笔交易。已打开的保持不变。</translation>
    </message>
    <message>
        <source>The clipboard is empty. Copy the PSBT as base64 text first.</source>
        <translation>剪贴板为空。请先复制 PSBT 的 base64 文本。</translation>
    </message>
    <message>
        <source>The file could not be read. Check that it is still there.</source>
        <translation>无法读取该文件。请检查它是否仍在。</translation>
    </message>
    <message numerus="yes">
        <source>unknown: the file does not tell what %n coin(s) are worth</source>
        <translation><numerusform>未知：文件没有说明 %n 个币的金额</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>unknown: nothing proves what %n coin(s) are worth</source>
        <translation><numerusform>未知：没有什么能证明 %n 个币的金额</numerusform></translation>
    </message>
    <message>
        <source>unknown: the amounts contradict each other</source>
        <translation>未知：金额互相矛盾</translation>
    </message>
    <message>
        <source>%1 of %2 signatures</source>
        <translation>签名 %1/%2</translation>
    </message>
    <message>
        <source>signatures unknown</source>
        <translation>签名情况未知</translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtView</name>
    <message>
        <source>PSBT copied as base64.</source>
        <translation>PSBT 已复制为 base64。</translation>
    </message>
    <message>
        <source>Signed, and complete. Nothing was sent: broadcast it, or hand it on.</source>
        <translation>已签名，并且齐全。尚未发送：请广播，或交给他人。</translation>
    </message>
    <message>
        <source>Your signatures are in it. Hand it on to the others: save, copy or show it.</source>
        <translation>其中已有您的签名。请交给其他人：保存、复制或显示。</translation>
    </message>
    <message numerus="yes">
        <source>Combined: %n new signature(s).</source>
        <translation><numerusform>已合并：%n 个新签名。</numerusform></translation>
    </message>
    <message>
        <source>The other copy holds nothing new.</source>
        <translation>另一份副本没有新内容。</translation>
    </message>
    <message>
        <source>A signature does not hold, so nothing was finalised.</source>
        <translation>有一个签名无效，因此没有定稿。</translation>
    </message>
    <message>
        <source>Everything is final. Nothing was sent.</source>
        <translation>全部定稿。尚未发送。</translation>
    </message>
    <message numerus="yes">
        <source>What was complete is final; signatures are missing for %n coin(s).</source>
        <translation><numerusform>齐全的部分已定稿；还有 %n 个币缺少签名。</numerusform></translation>
    </message>
    <message>
        <source>Save the PSBT</source>
        <translation>保存 PSBT</translation>
    </message>
    <message>
        <source>Partially signed transaction (*.psbt)</source>
        <translation>部分签名的交易 (*.psbt)</translation>
    </message>
    <message>
        <source>Saved. Open it where the missing keys are, and bring it back here.</source>
        <translation>已保存。请在持有所缺密钥的地方打开，然后带回这里。</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法写入该位置。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Nothing of this wallet goes in: you can look at it, combine it and hand it on, but not sign or send it.</source>
        <translation>其中没有此钱包的任何币：您可以查看、合并和转交，但不能签名或发送。</translation>
    </message>
    <message>
        <source>Show the amounts first.</source>
        <translation>请先显示金额。</translation>
    </message>
    <message>
        <source>Tick the boxes under the dangers first.</source>
        <translation>请先勾选危险提示下的方框。</translation>
    </message>
    <message>
        <source>It is too long to be looked through here. Use psbt sign on the command line.</source>
        <translation>它太长，无法在此逐项查看。请在命令行使用 psbt sign。</translation>
    </message>
    <message>
        <source>It is too large for one code. Save it as a file.</source>
        <translation>它太大，一个二维码放不下。请保存为文件。</translation>
    </message>
    <message>
        <source>Saved. Whoever broadcasts this file makes this payment and no other.</source>
        <translation>已保存。谁广播此文件，完成的就是这笔付款，别无其他。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ReceivePage</name>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Add your first account to receive money.</source>
        <translation>添加第一个账户即可收款。</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Amount (optional)</source>
        <translation>金额（可选）</translation>
    </message>
    <message>
        <source>Label (optional)</source>
        <translation>标签（可选）</translation>
    </message>
    <message>
        <source>Who pays, and for what</source>
        <translation>谁付款，为了什么</translation>
    </message>
    <message>
        <source>Amount and label become part of the code and of the link.</source>
        <translation>金额和标签会写入二维码和链接。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>&amp;New address</source>
        <translation>新地址(&amp;N)</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>&amp;Save image</source>
        <translation>保存图片(&amp;S)</translation>
    </message>
    <message>
        <source>Save the code as an image</source>
        <translation>将二维码保存为图片</translation>
    </message>
    <message>
        <source>&amp;Get test coins</source>
        <translation>领取测试币(&amp;G)</translation>
    </message>
    <message>
        <source>Get test coins</source>
        <translation>领取测试币</translation>
    </message>
    <message>
        <source>Payment link copied.</source>
        <translation>付款链接已复制。</translation>
    </message>
    <message>
        <source>Write down the recovery words before you receive more than you can lose.</source>
        <translation>在收到承受不起损失的金额之前，请先写下助记词。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Only send %1 on %2</source>
        <translation>只能在 %2 上发送 %1</translation>
    </message>
    <message>
        <source>%1 · used before: a new address keeps payments apart</source>
        <translation>%1 · 已用过：新地址可以把付款分开</translation>
    </message>
    <message>
        <source>%1 · new</source>
        <translation>%1 · 新</translation>
    </message>
    <message>
        <source>QR code for the address %1</source>
        <translation>地址 %1 的二维码</translation>
    </message>
    <message>
        <source>Waiting for a payment</source>
        <translation>等待付款</translation>
    </message>
    <message>
        <source>It shows here within seconds.</source>
        <translation>付款会在几秒内显示在这里。</translation>
    </message>
    <message>
        <source>Received, %1/6 confirmed</source>
        <translation>已收到，%1/6 确认</translation>
    </message>
    <message>
        <source>Seen, waiting for a block</source>
        <translation>已看到，等待入块</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Image saved.</source>
        <translation>图片已保存。</translation>
    </message>
    <message>
        <source>The image could not be written there. Choose another folder.</source>
        <translation>无法在那里写入图片。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Test coins are on their way.</source>
        <translation>测试币正在路上。</translation>
    </message>
    <message>
        <source>Enlarge the code</source>
        <translation>放大二维码</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Print the request</source>
        <translation>打印收款请求</translation>
    </message>
    <message>
        <source>Payment request</source>
        <translation>收款请求</translation>
    </message>
    <message>
        <source>The printer did not take it.</source>
        <translation>打印机没有接受。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::RecipientRow</name>
    <message>
        <source>To</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>To: address or payment link</source>
        <translation>收款人：地址或付款链接</translation>
    </message>
    <message>
        <source>Address or payment link</source>
        <translation>地址或付款链接</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Scan a code</source>
        <translation>扫描二维码</translation>
    </message>
    <message>
        <source>Remove this recipient</source>
        <translation>移除此收款人</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Ma&amp;x</source>
        <translation>全部(&amp;X)</translation>
    </message>
    <message>
        <source>Send everything</source>
        <translation>发送全部</translation>
    </message>
    <message>
        <source>Everything that is spendable; the fee is taken from it.</source>
        <translation>全部可用余额；手续费从中扣除。</translation>
    </message>
    <message>
        <source>The clipboard changed right after pasting. Another program may be exchanging addresses: compare every character.</source>
        <translation>剪贴板在粘贴后立即改变。可能有程序在替换地址：请逐字核对。</translation>
    </message>
    <message>
        <source>These look like recovery words. Nobody who is paid needs them: whoever asks for them wants your money.</source>
        <translation>这看起来是助记词。收款人不需要它们：向您索要的人想要您的钱。</translation>
    </message>
    <message>
        <source>This is neither an address nor a payment link.</source>
        <translation>这既不是地址也不是付款链接。</translation>
    </message>
    <message>
        <source>This is a transaction to sign (PSBT), not an address. Open it with “Open PSBT” above.</source>
        <translation>这是待签名的交易（PSBT），不是地址。请用上方的“打开 PSBT”打开。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::RegionPicker</name>
    <message>
        <source>Choose the part of the screen with the code</source>
        <translation>选择屏幕上有二维码的部分</translation>
    </message>
    <message>
        <source>Drag over the code. Esc: back.</source>
        <translation>拖动框选二维码。Esc：返回。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::RehearseDialog</name>
    <message>
        <source>Rehearse a restore</source>
        <translation>演练恢复</translation>
    </message>
    <message>
        <source>Type the words from your paper, as if this computer were gone. Coffer derives every key anew and compares it with this wallet. Nothing is changed.</source>
        <translation>照着纸上输入助记词，就当这台电脑已经没了。Coffer 会重新派生每个密钥并与此钱包比对。不会改动任何内容。</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Rehearse</source>
        <translation>演练(&amp;R)</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>The words are not complete, or one of them is not in the list.</source>
        <translation>助记词不完整，或有词不在词表中。</translation>
    </message>
    <message>
        <source>All words are in the list, but together they are no wallet: one is wrong or two are swapped. Compare them with the paper.</source>
        <translation>所有词都在词表中，但合在一起不是钱包：有一个错了，或有两个位置颠倒。请与纸上核对。</translation>
    </message>
    <message>
        <source>These are good words, but of another wallet: they would not bring this one back. A missing or wrong passphrase also leads here.</source>
        <translation>这些助记词有效，但属于另一个钱包：无法恢复此钱包。附加口令缺失或错误也会如此。</translation>
    </message>
    <message>
        <source>These words restore this wallet: every key came out the same and could sign.</source>
        <translation>这些助记词可以恢复此钱包：每个密钥都一致并能签名。</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Accounts that come back</source>
        <translation>可恢复的账户</translation>
    </message>
    <message>
        <source>Watched only: not from these words</source>
        <translation>仅观察：不由这些助记词恢复</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>coffer::ui::RestoreFlow</name>
    <message>
        <source>A watch-only wallet sees balances and makes addresses. It cannot spend, and no secret is needed.</source>
        <translation>仅观察钱包可查看余额、生成地址，不能花费，也不需要任何秘密。</translation>
    </message>
    <message>
        <source>Public key or descriptor</source>
        <translation>公钥或描述符</translation>
    </message>
    <message>
        <source>xpub…, zpub… or wpkh([…]xpub…/&lt;0;1&gt;/*)</source>
        <translation>xpub…、zpub… 或 wpkh([…]xpub…/&lt;0;1&gt;/*)</translation>
    </message>
    <message>
        <source>First used in</source>
        <translation>首次使用年份</translation>
    </message>
    <message>
        <source>I do not know</source>
        <translation>我不知道</translation>
    </message>
    <message>
        <source>Older blocks are not searched, which is much faster. When in doubt, choose an earlier year.</source>
        <translation>不搜索更早的区块，这样快得多。不确定时请选更早的年份。</translation>
    </message>
    <message>
        <source>The wallet is being made</source>
        <translation>正在创建钱包</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>&amp;Restore wallet</source>
        <translation>恢复钱包(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Add watch-only wallet</source>
        <translation>添加仅观察钱包(&amp;A)</translation>
    </message>
    <message>
        <source>The words are not complete, or one of them is not in the list.</source>
        <translation>助记词不完整，或有词不在词表中。</translation>
    </message>
    <message>
        <source>Paste the public key or descriptor first.</source>
        <translation>请先粘贴公钥或描述符。</translation>
    </message>
    <message>
        <source>All words are in the list, but together they are no wallet: one is wrong or two are swapped. Compare them with the paper.</source>
        <translation>所有词都在词表中，但合起来不是钱包：有一个错了或两个颠倒了。请与纸上的内容核对。</translation>
    </message>
    <message>
        <source>In which language were they written down?</source>
        <translation>这些助记词是用哪种语言写下的？</translation>
    </message>
    <message>
        <source>Each language gives another wallet. If this one turns out to be empty, restore again with the other.</source>
        <translation>每种语言对应不同的钱包。如果恢复后的钱包是空的，请用另一种语言重新恢复。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>These words are valid in more than one language. Choose the one they were written down in.</source>
        <translation>这些助记词在多种语言中都有效。请选择写下它们时所用的语言。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ReviewView</name>
    <message>
        <source>&amp;Sign…</source>
        <translation>签名(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>丢弃(&amp;D)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Another fee rate (sat/vB)</source>
        <translation>其他费率（sat/vB）</translation>
    </message>
    <message>
        <source>Another fee rate in sat/vB</source>
        <translation>其他费率（sat/vB）</translation>
    </message>
    <message>
        <source>&amp;Recalculate</source>
        <translation>重新计算(&amp;R)</translation>
    </message>
    <message>
        <source>Recalculate</source>
        <translation>重新计算</translation>
    </message>
    <message>
        <source>The numbers changed since you looked at them. Nothing was signed; check what is marked.</source>
        <translation>数字在您查看之后发生了变化。尚未签名；请核对标出的部分。</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已变化</translation>
    </message>
    <message>
        <source>was %1</source>
        <translation>原为 %1</translation>
    </message>
    <message>
        <source>To %1</source>
        <translation>收款人 %1</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>From</source>
        <translation>付款账户</translation>
    </message>
    <message>
        <source>Replaces</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>You send</source>
        <translation>您发送</translation>
    </message>
    <message numerus="yes">
        <source>~%n block(s)</source>
        <translation><numerusform>约 %n 个区块</numerusform></translation>
    </message>
    <message>
        <source>Network fee</source>
        <translation>网络手续费</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Balance after</source>
        <translation>之后余额</translation>
    </message>
    <message>
        <source>Coins used</source>
        <translation>使用的币</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tick the boxes under the dangers first.</source>
        <translation>请先勾选危险提示下的方框。</translation>
    </message>
    <message>
        <source>your own rate</source>
        <translation>您自定的费率</translation>
    </message>
    <message numerus="yes">
        <source>%n frozen coin(s)</source>
        <translation><numerusform>%n 个已冻结的币</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n mined coin(s) that need more blocks</source>
        <translation><numerusform>%n 个还需更多区块的挖矿币</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) held by another payment</source>
        <translation><numerusform>%n 个被其他付款占用的币</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) that wait for their first block</source>
        <translation><numerusform>%n 个等待首个区块的币</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) that cost more than they hold</source>
        <translation><numerusform>%n 个花费成本高于面额的币</numerusform></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>coins and their amount</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>“Everything” leaves behind:</source>
        <translation>“全部发送”会留下：</translation>
    </message>
    <message>
        <source>Show the amounts first.</source>
        <translation>请先显示金额。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::RowCopy</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ScanSheet</name>
    <message>
        <source>Scan a code</source>
        <translation>扫描二维码</translation>
    </message>
    <message>
        <source>&amp;Image file</source>
        <translation>图片文件(&amp;I)</translation>
    </message>
    <message>
        <source>Or drop a picture anywhere on the window.</source>
        <translation>也可以把图片拖到窗口任意位置。</translation>
    </message>
    <message>
        <source>Part of the &amp;screen</source>
        <translation>屏幕区域(&amp;S)</translation>
    </message>
    <message>
        <source>Drag a frame around a code that you see.</source>
        <translation>框选您看到的二维码。</translation>
    </message>
    <message>
        <source>&amp;Clipboard</source>
        <translation>剪贴板(&amp;C)</translation>
    </message>
    <message>
        <source>A picture or a text that was copied.</source>
        <translation>已复制的图片或文字。</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Use the result</source>
        <translation>使用结果</translation>
    </message>
    <message>
        <source>Image with a code</source>
        <translation>含二维码的图片</translation>
    </message>
    <message>
        <source>This picture is too large. Crop it to the code.</source>
        <translation>图片太大。请裁剪到二维码部分。</translation>
    </message>
    <message>
        <source>The clipboard is empty.</source>
        <translation>剪贴板是空的。</translation>
    </message>
    <message>
        <source>No code was found. Try a larger or sharper picture.</source>
        <translation>没有找到二维码。请用更大或更清晰的图片。</translation>
    </message>
    <message>
        <source>A text</source>
        <translation>一段文字</translation>
    </message>
    <message>
        <source>Not usable here</source>
        <translation>此处不可用</translation>
    </message>
    <message>
        <source>A Bitcoin address</source>
        <translation>比特币地址</translation>
    </message>
    <message>
        <source>A payment request</source>
        <translation>付款请求</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>留言</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>These look like recovery words. Nobody needs them but you, to restore. They were not kept.</source>
        <translation>这看起来是助记词。只有您自己恢复钱包时才需要。内容没有保留。</translation>
    </message>
    <message>
        <source>A web link</source>
        <translation>网页链接</translation>
    </message>
    <message>
        <source>Coffer does not open links from codes. Copy it only if you trust its origin.</source>
        <translation>Coffer 不会打开二维码中的链接。仅在信任来源时复制。</translation>
    </message>
    <message>
        <source>A public key</source>
        <translation>公钥</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>&amp;Send to it…</source>
        <translation>向其付款(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Text copied.</source>
        <translation>文字已复制。</translation>
    </message>
    <message>
        <source>Images and PSBTs (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.svg *.psbt *.txt)</source>
        <translation>图片和 PSBT (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.svg *.psbt *.txt)</translation>
    </message>
    <message>
        <source>This file is neither a picture nor a PSBT that Coffer can read.</source>
        <translation>此文件既不是 Coffer 能读取的图片，也不是 PSBT。</translation>
    </message>
    <message>
        <source>Looking at it signs nothing: the review shows what it does and whose coins go in.</source>
        <translation>查看它不会签名：核对页会显示它做什么，以及投入的是谁的币。</translation>
    </message>
    <message>
        <source>PSBT</source>
        <translation>PSBT</translation>
    </message>
    <message>
        <source>A transaction to sign</source>
        <translation>待签名的交易</translation>
    </message>
    <message>
        <source>&amp;Review it…</source>
        <translation>核对(&amp;R)…</translation>
    </message>
    <message>
        <source>There are several codes. Choose one, or press its number.</source>
        <translation>有多个二维码。请选择一个，或按其数字键。</translation>
    </message>
    <message>
        <source>Codes that were found</source>
        <translation>找到的二维码</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SecretWordsView</name>
    <message>
        <source>Recovery words, shown as a picture only</source>
        <translation>助记词，仅以图像显示</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SendPage</name>
    <message>
        <source>The last step is still under way. Try again in a moment.</source>
        <translation>上一步仍在进行中，请稍后再试。</translation>
    </message>
    <message>
        <source>Leave this payment?</source>
        <translation>放弃这笔付款？</translation>
    </message>
    <message>
        <source>The payment you were preparing is not sent and will be forgotten.</source>
        <translation>您正在准备的付款不会发送，并会被丢弃。</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>放弃(&amp;L)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Compose</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Send · review</source>
        <translation>发送 · 核对</translation>
    </message>
    <message>
        <source>Send · sign</source>
        <translation>发送 · 签名</translation>
    </message>
    <message>
        <source>Send · sent</source>
        <translation>发送 · 已发送</translation>
    </message>
    <message>
        <source>Discard this payment?</source>
        <translation>丢弃这笔付款？</translation>
    </message>
    <message>
        <source>What you entered is forgotten. Nothing was signed or sent.</source>
        <translation>您填写的内容将被清除。没有签名，也没有发送。</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>丢弃(&amp;D)</translation>
    </message>
    <message>
        <source>Add your first account to send money.</source>
        <translation>添加第一个账户即可付款。</translation>
    </message>
    <message>
        <source>&amp;Open PSBT</source>
        <translation>打开 PSBT(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Add account</source>
        <translation>添加账户(&amp;A)</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>不保存就关闭吗？</translation>
    </message>
    <message>
        <source>What was added to this PSBT is in no file yet. Nothing was sent.</source>
        <translation>加入此 PSBT 的内容尚未存入任何文件。没有发送任何内容。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Send · PSBT</source>
        <translation>发送 · PSBT</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SentView</name>
    <message>
        <source>Payment signed</source>
        <translation>付款已签名</translation>
    </message>
    <message>
        <source>Transaction id</source>
        <translation>交易 ID</translation>
    </message>
    <message>
        <source>&amp;Copy id</source>
        <translation>复制 ID(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the transaction id</source>
        <translation>复制交易 ID</translation>
    </message>
    <message>
        <source>&amp;Raise the fee</source>
        <translation>提高手续费(&amp;R)</translation>
    </message>
    <message>
        <source>Raise the fee</source>
        <translation>提高手续费</translation>
    </message>
    <message>
        <source>&amp;Show in Activity</source>
        <translation>在记录中查看(&amp;S)</translation>
    </message>
    <message>
        <source>Show in Activity</source>
        <translation>在记录中查看</translation>
    </message>
    <message>
        <source>Send &amp;another</source>
        <translation>再发一笔(&amp;A)</translation>
    </message>
    <message>
        <source>Send another</source>
        <translation>再发一笔</translation>
    </message>
    <message>
        <source>Transaction id copied.</source>
        <translation>交易 ID 已复制。</translation>
    </message>
    <message>
        <source>Signed and stored</source>
        <translation>已签名并保存</translation>
    </message>
    <message>
        <source>Handed to %1 of %2 peers</source>
        <translation>已交给 %2 个节点中的 %1 个</translation>
    </message>
    <message>
        <source>Waiting for a peer to hand it to</source>
        <translation>等待可交付的节点</translation>
    </message>
    <message>
        <source>Seen by the network</source>
        <translation>网络已看到</translation>
    </message>
    <message>
        <source>Waiting for an echo from the network</source>
        <translation>等待网络回应</translation>
    </message>
    <message>
        <source>%1 of 6 confirmations</source>
        <translation>%1/6 次确认</translation>
    </message>
    <message>
        <source>This payment was replaced or is no longer valid</source>
        <translation>此付款已被替换或不再有效</translation>
    </message>
    <message>
        <source>Payment confirmed</source>
        <translation>付款已确认</translation>
    </message>
    <message>
        <source>Payment sent</source>
        <translation>付款已发送</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save trans&amp;action…</source>
        <translation>保存交易(&amp;A)…</translation>
    </message>
    <message>
        <source>Save transaction</source>
        <translation>保存交易</translation>
    </message>
    <message>
        <source>The signed bytes as a file: any node can send them</source>
        <translation>把已签名的数据存为文件：任何节点都可以发送</translation>
    </message>
    <message>
        <source>Offered to the network again.</source>
        <translation>已再次提交给网络。</translation>
    </message>
    <message>
        <source>Save the signed transaction</source>
        <translation>保存已签名的交易</translation>
    </message>
    <message>
        <source>Signed transaction (*.txn)</source>
        <translation>已签名的交易 (*.txn)</translation>
    </message>
    <message>
        <source>Saved. Whoever sends this file makes this payment and no other.</source>
        <translation>已保存。发送此文件的人只会完成这笔付款，不会有别的。</translation>
    </message>
    <message>
        <source>The file could not be written there. Choose another folder.</source>
        <translation>无法写入该位置。请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::Session</name>
    <message>
        <source>The setting could not be stored.</source>
        <translation>无法保存设置。</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>区块 %1</translation>
    </message>
    <message numerus="yes">
        <source>Address copied: starts %1, ends %2, %n characters.</source>
        <translation><numerusform>地址已复制：开头 %1，结尾 %2，共 %n 个字符。</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Changed; back to how it was delivered</source>
        <translation>已更改；恢复为默认值</translation>
    </message>
    <message>
        <source>Reset: %1</source>
        <translation>重置：%1</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SettingsPage</name>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Network and privacy</source>
        <translation>网络与隐私</translation>
    </message>
    <message>
        <source>Accessibility</source>
        <translation>无障碍</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Search settings   Ctrl+F</source>
        <translation>搜索设置   Ctrl+F</translation>
    </message>
    <message>
        <source>No setting fits this search.</source>
        <translation>没有符合搜索的设置。</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Applies at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>1 bitcoin is 100,000,000 satoshi.</source>
        <translation>1 比特币等于 100,000,000 聪。</translation>
    </message>
    <message>
        <source>Bitcoin (BTC)</source>
        <translation>比特币 (BTC)</translation>
    </message>
    <message>
        <source>Satoshi (sat)</source>
        <translation>聪 (sat)</translation>
    </message>
    <message numerus="yes">
        <source>after %n minute(s)</source>
        <translation><numerusform>%n 分钟后</numerusform></translation>
    </message>
    <message>
        <source>never (not recommended)</source>
        <translation>从不（不推荐）</translation>
    </message>
    <message>
        <source>Lock when idle</source>
        <translation>闲置时锁定</translation>
    </message>
    <message>
        <source>The wallet also locks when the screen locks or the computer sleeps.</source>
        <translation>屏幕锁定或电脑休眠时，钱包也会锁定。</translation>
    </message>
    <message>
        <source>Hide amounts</source>
        <translation>隐藏金额</translation>
    </message>
    <message>
        <source>In the window, its title and in notifications. Ctrl+Shift+H.</source>
        <translation>在窗口、标题和通知中。Ctrl+Shift+H。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Changing it wraps every key anew.</source>
        <translation>修改后会重新加密每个密钥。</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>修改(&amp;C)…</translation>
    </message>
    <message>
        <source>Recovery words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>Show them, write them down, and let Coffer check three of them.</source>
        <translation>显示、抄写，并让 Coffer 抽查三个词。</translation>
    </message>
    <message>
        <source>&amp;Show…</source>
        <translation>显示(&amp;S)…</translation>
    </message>
    <message>
        <source>Backup file</source>
        <translation>备份文件</translation>
    </message>
    <message>
        <source>A copy of this wallet with its accounts and labels, under a password of its own.</source>
        <translation>此钱包的副本，含账户和标签，使用单独的密码。</translation>
    </message>
    <message>
        <source>&amp;Back up…</source>
        <translation>备份(&amp;B)…</translation>
    </message>
    <message>
        <source>Check a backup</source>
        <translation>检查备份</translation>
    </message>
    <message>
        <source>Opens the file as a restore would, and says what is in it.</source>
        <translation>像恢复时一样打开文件，并说明其中的内容。</translation>
    </message>
    <message>
        <source>Chec&amp;k…</source>
        <translation>检查(&amp;K)…</translation>
    </message>
    <message>
        <source>Make sure that nobody looks at your screen, and that it is not being shared.</source>
        <translation>请确认没有人看您的屏幕，也没有共享屏幕。</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>For Tor: socks5://127.0.0.1:9050. Empty: direct. Nothing goes around it.</source>
        <translation>用于 Tor：socks5://127.0.0.1:9050。留空为直连。所有连接都经过它。</translation>
    </message>
    <message>
        <source>Write the proxy as socks5://host:port. Nothing was changed.</source>
        <translation>请按 socks5://主机:端口 填写代理。没有更改任何内容。</translation>
    </message>
    <message>
        <source>Network log</source>
        <translation>网络日志</translation>
    </message>
    <message>
        <source>Every connection that left this computer.</source>
        <translation>从本机发出的每一个连接。</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Test network</source>
        <translation>测试网络</translation>
    </message>
    <message>
        <source>Real bitcoin</source>
        <translation>真实比特币</translation>
    </message>
    <message>
        <source>Coffer starts again there. Wallets of one network are not seen on the other.</source>
        <translation>Coffer 会在那里重新启动。一个网络的钱包在另一个网络上不可见。</translation>
    </message>
    <message>
        <source>&amp;Switch…</source>
        <translation>切换(&amp;S)…</translation>
    </message>
    <message>
        <source>Start again on another network?</source>
        <translation>在另一个网络上重新启动？</translation>
    </message>
    <message>
        <source>This wallet is locked and Coffer starts again.</source>
        <translation>此钱包将被锁定，Coffer 会重新启动。</translation>
    </message>
    <message>
        <source>&amp;Start again</source>
        <translation>重新启动(&amp;S)</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Red for gains, green for losses</source>
        <translation>红涨绿跌</translation>
    </message>
    <message>
        <source>As is usual in East Asia. Signs and arrows stay.</source>
        <translation>按东亚习惯显示。正负号和箭头不变。</translation>
    </message>
    <message>
        <source>Coffer %1</source>
        <translation>Coffer %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. Icons by Lucide (ISC).</source>
        <translation>自由软件，依据 GNU 通用公共许可证第 3 版或更高版本发布。图标来自 Lucide（ISC）。</translation>
    </message>
    <message>
        <source>Wallet file</source>
        <translation>钱包文件</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>The most that may leave at once and in a day, and who may be paid.</source>
        <translation>单笔和单日最多可付多少，以及可以付给谁。</translation>
    </message>
    <message>
        <source>&amp;Limits…</source>
        <translation>限额(&amp;L)…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Of this wallet and of its file.</source>
        <translation>此钱包及其文件的名称。</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>Delete this wallet</source>
        <translation>删除此钱包</translation>
    </message>
    <message>
        <source>Removes its file from this computer for good. The words or a backup bring it back, nothing else does.</source>
        <translation>从这台电脑上永久移除其文件。只有助记词或备份才能找回。</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>R&amp;ehearse…</source>
        <translation>演练(&amp;E)…</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Rehearse a restore</source>
        <translation>演练恢复</translation>
    </message>
    <message>
        <source>Type the words in again: Coffer proves that they bring this wallet back.</source>
        <translation>重新输入助记词：Coffer 会证明它们能恢复此钱包。</translation>
    </message>
    <message>
        <source>last: %1</source>
        <translation>上次：%1</translation>
    </message>
    <message>
        <source>never yet</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>The desktop tells of payments that come in. The bell in the window always does.</source>
        <translation>收到付款时由桌面通知。窗口中的铃铛始终会提示。</translation>
    </message>
    <message>
        <source>Lock when minimised</source>
        <translation>最小化时锁定</translation>
    </message>
    <message>
        <source>As soon as the window is put away.</source>
        <translation>窗口一旦收起就锁定。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::Shell</name>
    <message>
        <source>Leave this payment?</source>
        <translation>放弃这笔付款？</translation>
    </message>
    <message>
        <source>The payment you were preparing is not sent and will be forgotten.</source>
        <translation>您正在准备的付款不会发送，并会被丢弃。</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>放弃(&amp;L)</translation>
    </message>
    <message>
        <source>Coins mined</source>
        <translation>挖出新币</translation>
    </message>
    <message>
        <source>Payment received</source>
        <translation>收到付款</translation>
    </message>
    <message>
        <source>Open Activity to see it.</source>
        <translation>打开交易记录查看。</translation>
    </message>
    <message>
        <source>%1 in “%2”</source>
        <comment>what happened, and the wallet</comment>
        <translation>“%2”：%1</translation>
    </message>
</context>
<context>
    <name>coffer::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>搜索或运行命令</translation>
    </message>
    <message>
        <source>Pages of the sidebar</source>
        <translation>侧栏各页</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Scan a code</source>
        <translation>扫描二维码</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
    <message>
        <source>Search on the page</source>
        <translation>在页面中搜索</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Lock the wallet</source>
        <translation>锁定钱包</translation>
    </message>
    <message>
        <source>Hide or show amounts</source>
        <translation>隐藏或显示金额</translation>
    </message>
    <message>
        <source>Refresh the page</source>
        <translation>刷新页面</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Copy the id of the row</source>
        <translation>复制该行的 ID</translation>
    </message>
    <message>
        <source>Copy the address of the row</source>
        <translation>复制该行的地址</translation>
    </message>
    <message>
        <source>Details of the row</source>
        <translation>该行详情</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Next or previous part of the window</source>
        <translation>窗口的下一部分或上一部分</translation>
    </message>
    <message>
        <source>Narrow or widen the sidebar</source>
        <translation>收窄或展开侧栏</translation>
    </message>
    <message>
        <source>Back and forward</source>
        <translation>后退和前进</translation>
    </message>
    <message>
        <source>Close the details or go a step back</source>
        <translation>关闭详情或后退一步</translation>
    </message>
    <message>
        <source>Continue; never signs</source>
        <translation>继续；绝不签名</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Time that the chart shows</source>
        <translation>图表显示的时间范围</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>本列表</translation>
    </message>
</context>
<context>
    <name>coffer::ui::Sidebar</name>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>交易记录</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SignView</name>
    <message>
        <source>Passphrase of the words</source>
        <translation>助记词的附加口令</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Sign and send</source>
        <translation>签名并发送(&amp;S)</translation>
    </message>
    <message>
        <source>Password of the wallet</source>
        <translation>钱包密码</translation>
    </message>
    <message>
        <source>The key is opened for this one signature and closed again.</source>
        <translation>密钥只为这一次签名打开，随后关闭。</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>正在签名</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Sign and send</source>
        <translation>签名并发送</translation>
    </message>
    <message>
        <source>To</source>
        <translation>收款人</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Signing…</source>
        <translation>正在签名…</translation>
    </message>
    <message>
        <source>Leaves your wallet</source>
        <translation>离开您的钱包</translation>
    </message>
    <message>
        <source>&amp;Sign</source>
        <translation>签名(&amp;S)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::StartPage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System language</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Your keys stay on this computer, and your own node proves what you own.</source>
        <translation>密钥留在这台电脑上，由您自己的节点证明您拥有什么。</translation>
    </message>
    <message>
        <source>&amp;Create a wallet</source>
        <translation>创建钱包(&amp;C)</translation>
    </message>
    <message>
        <source>New keys, in about two minutes.</source>
        <translation>全新密钥，约两分钟。</translation>
    </message>
    <message>
        <source>&amp;Restore a wallet</source>
        <translation>恢复钱包(&amp;R)</translation>
    </message>
    <message>
        <source>From 12 to 24 recovery words, of any wallet.</source>
        <translation>使用任意钱包的 12 到 24 个助记词。</translation>
    </message>
    <message>
        <source>&amp;Watch-only wallet</source>
        <translation>仅观察钱包(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Try on the test network</source>
        <translation>在测试网络上试用(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Use real bitcoin</source>
        <translation>使用真实比特币(&amp;U)</translation>
    </message>
    <message>
        <source>Back to my &amp;wallets</source>
        <translation>返回我的钱包(&amp;W)</translation>
    </message>
    <message>
        <source>Welcome to Coffer</source>
        <translation>欢迎使用 Coffer</translation>
    </message>
    <message>
        <source>Create a wallet</source>
        <translation>创建钱包</translation>
    </message>
    <message>
        <source>Restore a wallet</source>
        <translation>恢复钱包</translation>
    </message>
    <message>
        <source>Watch-only wallet</source>
        <translation>仅观察钱包</translation>
    </message>
    <message>
        <source>&amp;Open a wallet file or backup</source>
        <translation>打开钱包文件或备份(&amp;O)</translation>
    </message>
    <message>
        <source>A .coffer file; you can also drop it here.</source>
        <translation>一个 .coffer 文件，也可以拖放到这里。</translation>
    </message>
    <message>
        <source>Open a wallet file or backup</source>
        <translation>打开钱包文件或备份</translation>
    </message>
    <message>
        <source>Leave this page?</source>
        <translation>离开此页面？</translation>
    </message>
    <message>
        <source>What you typed is forgotten.</source>
        <translation>已输入的内容将被丢弃。</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>离开(&amp;L)</translation>
    </message>
</context>
<context>
    <name>coffer::ui::StepIndicator</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>coffer::ui::SyncPill</name>
    <message>
        <source>Node: %1</source>
        <translation>节点：%1</translation>
    </message>
    <message>
        <source>Block %1 · %2</source>
        <translation>区块 %1 · %2</translation>
    </message>
</context>
<context>
    <name>coffer::ui::UnlockPage</name>
    <message>
        <source>&amp;Unlock</source>
        <translation>解锁(&amp;U)</translation>
    </message>
    <message>
        <source>Wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>The wallet is being opened</source>
        <translation>正在打开钱包</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Create or &amp;restore another wallet</source>
        <translation>创建或恢复其他钱包(&amp;R)</translation>
    </message>
    <message>
        <source>Create or restore another wallet</source>
        <translation>创建或恢复其他钱包</translation>
    </message>
    <message>
        <source>Coffer could not compare this file with what it saw last. If you put an older copy here, unlock it and wait for the sync.</source>
        <translation>Coffer 无法将此文件与上次所见进行比较。如果您放入的是旧副本，请解锁并等待同步。</translation>
    </message>
    <message numerus="yes">
        <source>Wait %n second(s)</source>
        <translation><numerusform>请等待 %n 秒</numerusform></translation>
    </message>
    <message>
        <source>Unlocking…</source>
        <translation>正在解锁…</translation>
    </message>
</context>
<context>
    <name>coffer::ui::WalletDialogs</name>
    <message>
        <source>Rename the wallet</source>
        <translation>重命名钱包</translation>
    </message>
    <message>
        <source>The file gets the new name, too. Backups keep theirs.</source>
        <translation>文件也会使用新名称。备份保留原来的名称。</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>The wallet has its new name.</source>
        <translation>钱包已有新名称。</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>The file of this wallet is deleted, not moved to a trash. It holds no keys: the money stays where it is.</source>
        <translation>此钱包的文件将被删除，而不是移到回收站。它不含密钥：钱仍在原处。</translation>
    </message>
    <message>
        <source>The file of this wallet is deleted, not moved to a trash. Without its recovery words or a backup file the money is gone for good, and nobody can bring it back.</source>
        <translation>此钱包的文件将被删除，而不是移到回收站。没有助记词或备份文件，钱将永远丢失，谁也无法找回。</translation>
    </message>
    <message>
        <source>Delete the wallet</source>
        <translation>删除钱包</translation>
    </message>
    <message>
        <source>&amp;Delete for good</source>
        <translation>永久删除(&amp;D)</translation>
    </message>
    <message>
        <source>The wallet is deleted.</source>
        <translation>钱包已删除。</translation>
    </message>
    <message>
        <source>Type the wallet's name: %1</source>
        <translation>输入钱包的名称：%1</translation>
    </message>
    <message>
        <source>This wallet is not backed up: neither were its words checked nor was a backup file written. Deleting it destroys the only copy of its keys.</source>
        <translation>此钱包没有备份：助记词未经核对，也没有写过备份文件。删除它会毁掉密钥的唯一副本。</translation>
    </message>
    <message>
        <source>Type the name once more to delete it all the same</source>
        <translation>仍要删除，请再次输入名称</translation>
    </message>
</context>
<context>
    <name>coffer::ui::WalletView</name>
    <message>
        <source>&amp;Use it</source>
        <translation>使用(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Stay unlocked</source>
        <translation>保持解锁(&amp;S)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Scan a code</source>
        <translation>扫描二维码</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>交易记录</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>添加账户</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>账户：%1</translation>
    </message>
    <message>
        <source>Lock the wallet</source>
        <translation>锁定钱包</translation>
    </message>
    <message>
        <source>Hide or show amounts</source>
        <translation>隐藏或显示金额</translation>
    </message>
    <message>
        <source>Network log</source>
        <translation>网络日志</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>设置：%1</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Open Network</source>
        <translation>打开网络页</translation>
    </message>
    <message>
        <source>A payment link arrived from outside Coffer. Nothing is filled in until you use it.</source>
        <translation>收到来自 Coffer 之外的付款链接。在您使用之前不会填入任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>The wallet locks in %n second(s).</source>
        <translation><numerusform>钱包将在 %n 秒后锁定。</numerusform></translation>
    </message>
    <message>
        <source>Open a PSBT file</source>
        <translation>打开 PSBT 文件</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>账户</translation>
    </message>
</context>
<context>
    <name>coffer::ui::WordsDialog</name>
    <message>
        <source>Recovery words</source>
        <translation>助记词</translation>
    </message>
    <message>
        <source>Whoever has these words has the money. Write them on paper, in this order. No photograph, no cloud.</source>
        <translation>谁有这些词，谁就拥有这些钱。请按顺序写在纸上。不要拍照，不要上传云端。</translation>
    </message>
    <message>
        <source>&amp;Reveal the words</source>
        <translation>显示助记词(&amp;R)</translation>
    </message>
    <message>
        <source>Reveal the words</source>
        <translation>显示助记词</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>I have &amp;written them down</source>
        <translation>我已经写好(&amp;W)</translation>
    </message>
    <message>
        <source>I have written them down</source>
        <translation>我已经写好</translation>
    </message>
    <message>
        <source>&amp;Show the words again</source>
        <translation>再看一次助记词(&amp;S)</translation>
    </message>
    <message>
        <source>Show the words again</source>
        <translation>再看一次助记词</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>核对(&amp;C)</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Word number %1 is not the one of this wallet. Compare with your paper.</source>
        <translation>第 %1 个词与此钱包不符。请对照纸上的内容。</translation>
    </message>
    <message>
        <source>The words are written down and checked.</source>
        <translation>助记词已抄写并核对。</translation>
    </message>
</context>
<context>
    <name>coffer::ui::WordsEdit</name>
    <message>
        <source>Not in the word list</source>
        <translation>不在词表中</translation>
    </message>
</context>
<context>
    <name>coffer::ui::WordsQuiz</name>
    <message>
        <source>Type three of the words from your paper.</source>
        <translation>请输入纸上的三个词。</translation>
    </message>
    <message>
        <source>Word %1</source>
        <translation>词 %1</translation>
    </message>
    <message>
        <source>Word number %1</source>
        <translation>第 %1 个词</translation>
    </message>
</context>
</TS>
