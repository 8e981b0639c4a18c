<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>coffer::ui::AccountSearch</name>
    <message numerus="yes">
        <source>The search is over: this wallet has %n account(s).</source>
        <translation><numerusform>The search is over: this wallet has %n account.</numerusform><numerusform>The search is over: this wallet has %n accounts.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Looking for accounts of these words: %n so far</source>
        <translation><numerusform>Looking for accounts of these words: %n so far</numerusform><numerusform>Looking for accounts of these words: %n so far</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::ActivityPage</name>
    <message numerus="yes">
        <source>%n label(s) taken over.</source>
        <translation><numerusform>%n label taken over.</numerusform><numerusform>%n labels taken over.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) exported. The file is not encrypted.</source>
        <translation><numerusform>%Ln row exported. The file is not encrypted.</numerusform><numerusform>%Ln rows exported. The file is not encrypted.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The books hold: %Ln entries, difference to the chain 0. Root %1</source>
        <translation><numerusform>The books hold: %Ln entry, difference to the chain 0. Root %1</numerusform><numerusform>The books hold: %Ln entries, difference to the chain 0. Root %1</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::AmountEdit</name>
    <message numerus="yes">
        <source>Too many decimals or too large: %1 has %n decimals.</source>
        <translation><numerusform>Too many decimals or too large: %1 has %n decimal.</numerusform><numerusform>Too many decimals or too large: %1 has %n decimals.</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::ComposeView</name>
    <message numerus="yes">
        <source>%n chosen</source>
        <translation><numerusform>%n chosen</numerusform><numerusform>%n chosen</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::DesktopNotifier</name>
    <message numerus="yes">
        <source>%n new movement(s)</source>
        <translation><numerusform>%n new movement</numerusform><numerusform>%n new movements</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::FindingTexts</name>
    <message numerus="yes">
        <source>paid %n time(s) before</source>
        <translation><numerusform>paid once before</numerusform><numerusform>paid %n times before</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Uses %n coin(s) that still wait for a block.</source>
        <translation><numerusform>Uses %n coin that still waits for a block.</numerusform><numerusform>Uses %n coins that still wait for a block.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>This address was paid %n time(s) before; a fresh one keeps payments apart.</source>
        <translation><numerusform>This address was paid once before; a fresh one keeps payments apart.</numerusform><numerusform>This address was paid %n times before; a fresh one keeps payments apart.</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::Format</name>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation><numerusform>%n min ago</numerusform><numerusform>%n min ago</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation><numerusform>%n h ago</numerusform><numerusform>%n h ago</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation><numerusform>%n s</numerusform><numerusform>%n s</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation><numerusform>%n min</numerusform><numerusform>%n min</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation><numerusform>%n h</numerusform><numerusform>%n h</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation><numerusform>%n day</numerusform><numerusform>%n days</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::HeaderBar</name>
    <message numerus="yes">
        <source>Notifications, %n new</source>
        <translation><numerusform>Notifications, %n new</numerusform><numerusform>Notifications, %n new</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::JobsPopover</name>
    <message numerus="yes">
        <source>%Ln block(s) to go</source>
        <translation><numerusform>%Ln block to go</numerusform><numerusform>%Ln blocks to go</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::MovementList</name>
    <message numerus="yes">
        <source>%n new</source>
        <comment>movements above those that are seen</comment>
        <translation><numerusform>%n new</numerusform><numerusform>%n new</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PhraseFields</name>
    <message numerus="yes">
        <source>%n words, all of them in the list.</source>
        <translation><numerusform>%n word, in the list.</numerusform><numerusform>%n words, all of them in the list.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.</source>
        <translation><numerusform>Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.</numerusform><numerusform>Type the words, a space after each: 12, 15, 18, 21 or 24. So far: %n.</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtFacts</name>
    <message numerus="yes">
        <source>and %n more output(s)</source>
        <translation><numerusform>and %n more output</numerusform><numerusform>and %n more outputs</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtInputs</name>
    <message numerus="yes">
        <source>and %n more coin(s)</source>
        <translation><numerusform>and %n more coin</numerusform><numerusform>and %n more coins</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtTexts</name>
    <message numerus="yes">
        <source>unknown: the file does not tell what %n coin(s) are worth</source>
        <translation><numerusform>unknown: the file does not tell what %n coin is worth</numerusform><numerusform>unknown: the file does not tell what %n coins are worth</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>unknown: nothing proves what %n coin(s) are worth</source>
        <translation><numerusform>unknown: nothing proves what %n coin is worth</numerusform><numerusform>unknown: nothing proves what %n coins are worth</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::PsbtView</name>
    <message numerus="yes">
        <source>Combined: %n new signature(s).</source>
        <translation><numerusform>Combined: %n new signature.</numerusform><numerusform>Combined: %n new signatures.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>What was complete is final; signatures are missing for %n coin(s).</source>
        <translation><numerusform>What was complete is final; signatures are missing for %n coin.</numerusform><numerusform>What was complete is final; signatures are missing for %n coins.</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::ReviewView</name>
    <message numerus="yes">
        <source>~%n block(s)</source>
        <translation><numerusform>~%n block</numerusform><numerusform>~%n blocks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n frozen coin(s)</source>
        <translation><numerusform>%n frozen coin</numerusform><numerusform>%n frozen coins</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n mined coin(s) that need more blocks</source>
        <translation><numerusform>%n mined coin that needs more blocks</numerusform><numerusform>%n mined coins that need more blocks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) held by another payment</source>
        <translation><numerusform>%n coin held by another payment</numerusform><numerusform>%n coins held by another payment</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) that wait for their first block</source>
        <translation><numerusform>%n coin that waits for its first block</numerusform><numerusform>%n coins that wait for their first block</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n coin(s) that cost more than they hold</source>
        <translation><numerusform>%n coin that costs more than it holds</numerusform><numerusform>%n coins that cost more than they hold</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::Session</name>
    <message numerus="yes">
        <source>Address copied: starts %1, ends %2, %n characters.</source>
        <translation><numerusform>Address copied: starts %1, ends %2, %n character.</numerusform><numerusform>Address copied: starts %1, ends %2, %n characters.</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::SettingsPage</name>
    <message numerus="yes">
        <source>after %n minute(s)</source>
        <translation><numerusform>after %n minute</numerusform><numerusform>after %n minutes</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::UnlockPage</name>
    <message numerus="yes">
        <source>Wait %n second(s)</source>
        <translation><numerusform>Wait %n second</numerusform><numerusform>Wait %n seconds</numerusform></translation>
    </message>
</context>
<context>
    <name>coffer::ui::WalletView</name>
    <message numerus="yes">
        <source>The wallet locks in %n second(s).</source>
        <translation><numerusform>The wallet locks in %n second.</numerusform><numerusform>The wallet locks in %n seconds.</numerusform></translation>
    </message>
</context>
</TS>
