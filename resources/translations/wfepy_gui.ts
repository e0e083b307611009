<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>About</name>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long-running workflows in plain files, and the desktop for those who look after them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open state files; no code is run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all instances in a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New instance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start an instance of a workflow with its first context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with an instance that wfepy 0.1.1 dumped; it is read as data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the state file again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the graph as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the graph to the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Advance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run one pass: everything that can run now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the running pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy c&amp;ommand line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pass for a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python &amp;interpreter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the Python that runs this workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find task…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the task table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next failed or interrupted task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it into view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the graph at its own size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to t&amp;ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the table of tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the next panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the panel before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search in context…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a key or value of the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Notices…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All notices so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: as the s&amp;ystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: &amp;light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark on light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: &amp;dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light on dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ti&amp;mes: local</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this machine's clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times: &amp;UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In universal time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tim&amp;es: how long ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lengths of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put all panels where they were first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and run any command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands with their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions of what runs here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a command; Enter runs the chosen one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextPanel</name>
    <message>
        <source>Nothing is open. Open a state file to see its context.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◂</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>▸</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys, kinds and values; the copy key copies the value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected value in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the selected row of the context holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a value to see it in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The context is empty: no task and nobody has put anything into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workflow alone has no context. New instance… asks for its first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextTreeModel</name>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes, says its author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {} on {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import an instance of wfepy 0.1.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State files and workflow modules (*.wfstate *.py)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files, dumps of wfepy 0.1.1 included (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is a workflow module; this is its graph, there is no instance yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflows in {} run with {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one: File, New instance ({}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FleetModel</name>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FleetPanel</name>
    <message>
        <source>Needs &amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed, interrupted, dead end, unreadable, or waiting past its moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an instance; Enter opens it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder, or drop one here, to see all its instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No state files (*.wfstate) in {}. New instance… makes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance matches. Clear the filter to see all {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of {} instances</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Workflow graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no graph</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>Why it does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pass is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance yet: this is the graph of a module. New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown as it was last read: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pass</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportLegacy</name>
    <message>
        <source>Import an instance of wfepy 0.1.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is imported; it is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dump is read as data: nothing in it is run. It is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes, source and last error of the selected task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status, times and description of what is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what this tab shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file and select a task: all that is known of it stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task in the graph or in the table to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the task does not move, cause by cause.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The function of the task in its module.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The traceback of the latest failure.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InstanceDialog</name>
    <message>
        <source>Workflow modules (*.py)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State files (*.wfstate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow &amp;module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State &amp;file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the workflow module: a .py file, or a dotted name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the state file to be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} exists already; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making {}…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InterpreterDialog</name>
    <message>
        <source>Python interpreter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Another, such as that of the workflow's environment:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What trying it showed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wfepy_core is missing there. Install it, then try again:
{}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;desktop's own: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which Python runs the workflows in {}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot run workflows: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JournalModel</name>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JournalPanel</name>
    <message>
        <source>Nothing is open. Open a state file to see what happened to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History, oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an event; Enter shows its task in the graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happened yet: no pass has run. Advance runs the first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workflow alone has no history. New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonField</name>
    <message>
        <source>JSON; what is wrong with it is said below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a valid context.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open recen&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generation {} · saved {} by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generation {} · saved {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewInstance</name>
    <message>
        <source>New instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First &amp;context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the context.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>&amp;Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeList</name>
    <message>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notices, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen one is shown below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened, what to do, and the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were no notices yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Open the module where it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To run it with that one: Instance, Python interpreter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has a Python of its own: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command line of Advance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Advance runs; paste it into a terminal to do the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output of the pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the tasks printed; the latest is at the end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What tasks print during a pass is shown here. Advance runs one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>A file to be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a command: its name, its keys, what it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Walk along the transitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+  -  0  F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closer, further away, 100 %, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next failed or interrupted task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the task's details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Filter by task, status or reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a task; Enter shows it in the graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open. Open a state file to see its tasks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task matches the filter. Clear it to see all {}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaskTableModel</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the task stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of its function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason or error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it waits, or what it raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it first said it is not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it was called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of its latest attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of its latest completed attempt</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrustQuestion</name>
    <message>
        <source>Run this code?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs as you, with all you may do, and was not run from here before in this form. The answer is remembered until the code changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This runs the code in
{}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file to see where it stands and why, or drop files, folders and modules here. Opening never runs code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <source>Export the whole graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
